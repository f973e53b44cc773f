#!/usr/bin/env python3
"""Measures the horizontal rules of CLREQ on finished PDFs, from glyph positions (mutool stext).

usage: clreqcheck.py [--lang zh|hant|ja|ko] [--bars] [--loose REPORT.json] FILE.pdf ...

--bars   exit with 1 where a bar of the house is missed
--loose  lines reported as loose-line there are known and exempt from the pitch bars

A mended copy of the checker that came with the brief. What was wrong with it, and is mended here:
 1. Its left margin was the commonest left edge of long lines. In a book of lists that is the list's
    edge, so running text was not measured at all. Here every line is compared with the line below it.
 2. A line counted as full, hence justified, if its last advance came within 1.2 em of the edge, so the
    natural last lines of paragraphs were taken for lines whose final mark had been left full-width.
    Here a line is justified if the line below goes on with its paragraph.
 3. Contents lines (a number, an em of white, a title, leaders) were measured as justified text.
    Lines with leaders are left out.
 4. A bullet or a number at the first line of an item was taken for a line start.
 5. Widows were counted wherever a full line was followed by a short one on the next page, paragraphs of
    one line among them. Here the short line must start at the edge of the line before it, not at an indent.
 6. A space that the author wrote between two Han was taken for a gap that justification had opened.
    mutool is told to invent no spaces (inhibit-spaces), so the spaces it gives are the author's.
 7. The marks of Taiwan and Hong Kong stand in the middle of their em; pairs and line ends are measured
    between the half-em boxes of their ink (--lang hant). ！？ are a fixed em there and in Japanese.
 8. A note's call, small and raised, between two Han was taken for a gap.
 9. Kana are set in the square as Han are.
10. A character may be shown by several glyphs, or by one without width (the joined parts of a dash): what has
    the place of the glyph before it is no new character.
"""
import collections, html, json, re, statistics, subprocess, sys

NS = set('、，。．：；！？‼⁇⁈⁉”’」』）》〉】〗〕］｝·・‧～–々ー％%℃)]}')   # basic: not at line start
NE = set('“‘「『（《〈【〖〔［｛([{￥$')                                  # not at line end
DASH, ELL = set('—⸺'), set('…⋯')
HALF = set('、，。．：；！？”’」』）》〉】〗〕')
OPEN = set('「『（《〈【〖〔“‘')
CLOSE = set('、，。：；！？”’」』）》〉】〗〕')
CENTRED = set()   # marks in the middle of their em
FIXED = set()     # marks of a fixed em

han = lambda c: '\u3400' <= c <= '\u9fff' or '\U00020000' <= c <= '\U0003ffff'
kana = lambda c: '\u3041' <= c <= '\u3096' or '\u30a1' <= c <= '\u30fa'
square = lambda c: han(c) or kana(c) or '\uac00' <= c <= '\ud7a3'
side = lambda c: .5 if c in OPEN else .25 if c in CENTRED else 0  # of the ink's half em in the em
lat = lambda c: c.isascii() and c.isalnum()

Char = collections.namedtuple('Char', 'y x end c size font spaced')  # spaced: a space stands before it
Line = collections.namedtuple('Line', 'page y x0 x1 text chars')


def pages(path):
    x = subprocess.run(['mutool', 'draw', '-q', '-F', 'stext', '-O', 'inhibit-spaces', '-o', '-', path], capture_output=True).stdout.decode('utf8', 'replace')
    for pm in re.finditer(r'<page[^>]*width="[\d.]+" height="[\d.]+">(.*?)</page>', x, re.S):
        chars = []
        spaced = False
        for fm in re.finditer(r'<font name="([^"]*)" size="([\d.]+)">(.*?)</font>', pm[1], re.S):
            for cm in re.finditer(r'<char quad="([^"]*)" x="([-\d.]+)" y="([-\d.]+)"[^>]* c="([^"]*)"', fm[3]):
                c = html.unescape(cm[4])
                if c in ' \u3000\u00a0\u200b':
                    spaced = True if c != '\u3000' else 'wide'
                elif c:
                    chars.append(Char(round(float(cm[3]), 1), float(cm[2]), float(cm[1].split()[2]), c, float(fm[2]), fm[1], spaced))
                    spaced = False
        yield chars


def lines(pp, body):
    """The lines of body size, page by page."""
    for n, cs in enumerate(pp):
        rows = []
        for c in sorted(cs, key=lambda c: (c.y, c.x)):
            if rows and abs(rows[-1][0].y - c.y) < body * 0.25:
                rows[-1].append(c)
            else:
                rows.append([c])
        for r in rows:
            r = sorted(r, key=lambda c: c.x + side(c.c) * c.size)  # an opener's blank may lie over its neighbour
            hs = [c.size for c in r if square(c.c)]
            if not hs or abs(statistics.median(hs) - body) >= 0.15:
                continue
            text = ''.join(c.c for c in r)
            if '....' in text:
                continue  # contents
            yield Line(n, r[0].y, r[0].x, r[-1].end, text, r)


class Check:
    def __init__(self, path, known):
        self.path, self.known = path, known
        pp = list(pages(path))
        sizes = collections.Counter(round(c.size, 1) for cs in pp for c in cs if square(c.c))
        self.body, self.pages = sizes.most_common(1)[0][0], len(pp)
        self.lines = list(lines(pp, self.body))
        self.small = [[c for c in cs if c.size < self.body * .8] for cs in pp]
        self.count, self.examples = collections.Counter(), collections.defaultdict(list)
        self.han, self.gaps, self.pitch, self.edge = [], [], [], []
        self.right, self.left = self.margins(), {}
        ls = self.lines
        for i, l in enumerate(ls):
            below = ls[i + 1] if i + 1 < len(ls) else None
            self.line(l, below if below and self.goes_on(l, below) else None, i > 0 and self.goes_on(ls[i - 1], l))
        self.grid()
        self.widows = sum(1 for a, b in zip(ls, ls[1:]) if self.widow(a, b))

    def margins(self):
        out = {}
        for parity in (0, 1):
            xs = collections.Counter(round(l.x1 - (self.body / 2 if l.text[-1] in HALF else 0)) for l in self.lines if l.page % 2 == parity and len(l.text) > 8)
            if xs:
                out[parity] = xs.most_common(1)[0][0]
                near = [l.x1 for l in self.lines if l.page % 2 == parity and l.text[-1] not in HALF and abs(l.x1 - out[parity]) < 1]
                out[parity] = statistics.median(near) if near else out[parity]
        return out

    def over(self, l):
        """How far a line's ink box, its last mark half an em, ends from the right edge."""
        last = l.chars[-1]
        end = l.x1
        if last.c in HALF and last.c not in FIXED and last.end - last.x > self.body * .7:
            end = last.x + (side(last.c) + .5) * self.body
        return (end - self.right[l.page % 2]) / self.body

    def start(self, l):
        """A line's left edge: an opener's blank stands outside it."""
        return l.x0 + (self.body / 2 if l.text[0] in OPEN else 0)

    def goes_on(self, a, b):
        """Whether line b continues the paragraph of line a, on one page."""
        if a.page != b.page or not 0 < b.y - a.y < self.body * 2.6 or self.over(a) < -1.2:
            return False
        d = (self.start(b) - self.start(a)) / self.body
        label = re.compile(r'[•◦▪–·‣○●■□]|\d+[.)、]|[（(]?[\d一二三四五六七八九十]+[.)、）]')
        if label.match(b.text):
            return False
        if label.match(a.text) and 0.4 < d < 3.1:
            return True  # an item's label hangs
        # Behind a first line the text goes on an indent further left; else at the edge of the line
        # above. A line that starts at an indent and is followed by one that does is a paragraph of
        # its own, however long it is.
        if abs(d) < 0.1:
            own = abs((self.start(a) - self.lefts(a)) / self.body - 2) < 0.1
            return self.over(a) > -0.1 or abs(self.over(a) + 0.5) < 0.03 and not own
        return min(abs(d + 2), abs(d + 1), abs(d + 1.5)) < 0.1

    def widow(self, a, b):
        return (b.page == a.page + 1 and self.over(a) > -0.1 and self.over(b) < -1.2
                and abs((self.start(b) - self.lefts(b)) / self.body) < 0.1 and self.start(a) - self.lefts(a) < self.body * .1
                and a.text[-1] not in '。！？：')

    def lefts(self, l):
        """The left edge of the text on a line's page."""
        if l.page not in self.left:
            self.left[l.page] = min(self.start(x) for x in self.lines if x.page == l.page)
        return self.left[l.page]

    def bad(self, kind, l):
        self.count[kind] += 1
        self.examples[kind].append(f'p{l.page + 1}: {l.text[:8]}…{l.text[-8:]}')

    def line(self, l, below, continues):
        body, r = self.body, l.chars
        if continues:
            if l.text[0] in NS:
                self.bad('line-start', l)
            if l.text[0] in DASH | ELL:
                self.count['dash or ellipsis at line start (allowed by basic)'] += 1
            if not below and sum(c.isalnum() for c in l.text) <= 1:
                self.bad('runt', l)
        if below:
            if l.text[-1] in NE:
                self.bad('line-end', l)
            if l.text[-1] in DASH | ELL and below.text[0] == l.text[-1]:
                self.bad('split-dash', l)
            self.edge.append(self.over(l))
            if l.text[-1] in HALF - FIXED:
                self.count['eol n'] += 1
                adv = (self.right[l.page % 2] - r[-1].x) / body - side(l.text[-1])
                if adv > 0.62:
                    self.bad('eol full', l)
                elif adv <= 0.3:
                    self.bad('eol hang', l)
        pitch = []
        for a, b in zip(r, r[1:]):
            d = (b.x - a.x) / body
            same = abs(a.size - body) < .15 and abs(b.size - body) < .15
            if d < 0.02:
                continue
            if (han(a.c) or kana(a.c)) and (han(b.c) or kana(b.c)) and not b.spaced and not self.called(l, a, b):
                self.han.append(d)
                if same:
                    pitch.append(d)
            if same and b.spaced != 'wide' and (han(a.c) and lat(b.c) or lat(a.c) and han(b.c)):
                g = d - 1 if han(a.c) else (b.x - a.end) / body
                self.gaps.append(g)
                if not .12 <= g <= .51:
                    self.bad('gap', l)
            if a.c in CLOSE | OPEN and b.c in CLOSE | OPEN and not {a.c, b.c} & FIXED and not (a.c in OPEN and b.c in CLOSE):
                blank = (1 - side(a.c) - .5) + side(b.c)  # what both leave between their ink
                self.count['adjacent n'] += 1
                if d - 1 + .5 - side(a.c) + side(b.c) - (blank - .5) > .12 and blank >= .5:
                    self.bad('adjacent not squeezed', l)
        if below and len(pitch) >= 3:
            self.pitch.append((max(pitch), l))

    def called(self, l, a, b):
        """Whether a note's call stands between two characters."""
        return b.x - a.x > self.body * 1.1 and any(a.x < c.x < b.x and -self.body < c.y - l.y < 2 for c in self.small[l.page])

    def grid(self):
        on_page = collections.defaultdict(list)
        for l in self.lines:
            on_page[l.page].append(l)
        steps = collections.Counter(round(b.y - a.y, 1) for p in on_page for a, b in zip(on_page[p], on_page[p][1:]) if 0 < b.y - a.y < self.body * 3)
        self.lead = steps.most_common(1)[0][0] if steps else self.body * 1.7
        base = collections.Counter(round(l.y % self.lead, 1) for l in self.lines).most_common(1)[0][0]
        off = lambda l: min((l.y - base) % self.lead, self.lead - (l.y - base) % self.lead)
        self.on_grid = sum(off(l) < 0.35 for l in self.lines) / max(len(self.lines), 1)

    def loose(self, l):
        """Whether a line was reported: reports give its first and its last six pieces."""
        t = l.text.rstrip('-')  # a hyphen is not the author's, nor is an item's label
        return any(a in t[:len(a) + 8] and t.endswith(b) for a, b in self.known)

    def report(self, bars):
        known = sum(self.loose(l) for _, l in self.pitch)
        every = [p for p, l in self.pitch if not self.loose(l)]
        # A2 speaks of lines of 27 em and more; half an em alone opens a line of 25 em by 0.021.
        free = [p for p, l in self.pitch if not self.loose(l) and (self.right[l.page % 2] - self.start(l)) / self.body > 26.5]
        n = len(free)
        q = lambda v, p: sorted(v)[min(len(v) - 1, int(len(v) * p))] if v else 0
        narrow = 100 * sum(p <= 1.02 for p in free) / n if n else 100
        c, gap = self.count, q(self.gaps, .5)
        outside = sum(not .12 <= g <= .51 for g in self.gaps)
        print(f'== {self.path}: {self.pages} pages, body {self.body} pt on {self.lead} pt, {len(self.lines)} lines of body')
        print(f'   line start {c["line-start"]}, line end {c["line-end"]}, split dashes {c["split-dash"]}, 孤字 {c["runt"]}, widows {self.widows}')
        print(f'   marks at line ends {c["eol n"]}: full-width {c["eol full"]}, hanging {c["eol hang"]}; adjacent marks {c["adjacent n"]}: not squeezed {c["adjacent not squeezed"]}')
        print(f'   justified lines {len(self.pitch)} ({known} reported as loose); of 27 em and more {n}: Han pitch <= 1.02 em on {narrow:.1f} %, p99 {q(free, .99):.3f}, max {max(free, default=0):.3f}; all: {100 * sum(p <= 1.02 for p in every) / max(len(every), 1):.1f} %, p99 {q(every, .99):.3f}, max {max(every, default=0):.3f}')
        print(f'   Han-Latin gap: median {gap:.3f} em, outside 0.12-0.51: {outside} of {len(self.gaps)}; right edge p1 {q(self.edge, .01):.3f} p99 {q(self.edge, .99):.3f}; baselines on the grid {100 * self.on_grid:.1f} %')
        for p, l in sorted(((p, l) for p, l in self.pitch if p > 1.045), key=lambda x: -x[0])[:6]:
            print(f'      {p:.3f}{" reported" if self.loose(l) else ""} p{l.page + 1}: {l.text[:36]}')
        for k, ex in self.examples.items():
            print(f'      {k}: {"; ".join(ex[:4])}')
        held = [('line start', c['line-start'] == 0), ('line end', c['line-end'] == 0), ('split dashes', c['split-dash'] == 0),
                ('孤字', c['runt'] == 0), ('widows', self.widows == 0), ('marks at line ends', c['eol full'] + c['eol hang'] == 0),
                ('adjacent marks', c['adjacent not squeezed'] == 0), ('pitch <= 1.02', narrow >= bars['narrow']), ('pitch p99', q(free, .99) <= bars['p99']),
                ('pitch max', max(free, default=0) <= bars['max']), ('gap median', len(self.gaps) < 10 or abs(gap - .25) < .01),
                ('gaps', outside == 0), ('grid', self.on_grid >= .98)]
        return [name for name, ok in held if not ok]


def known(path):
    """The lines a report calls loose, as their beginnings and ends."""
    out = []
    for d in json.load(open(path, encoding='utf8')).get('findings', []):
        if d.get('code') == 'loose-line':
            m = re.search(r'“(.*)”', json.dumps(d, ensure_ascii=False))
            a, _, b = m[1].replace(' ', '').replace('\\"', '"').partition('…') if m else ('', '', '')
            if a:
                out.append((a, b))
    return out


def main(args):
    bars, enforce, loose, lang = {'narrow': 96.5, 'p99': 1.0385, 'max': 1.0705}, False, [], 'zh'
    files = []
    while args:
        a = args.pop(0)
        if a == '--bars':
            enforce = True
        elif a == '--loose':
            loose += known(args.pop(0))
        elif a == '--lang':
            lang = args.pop(0)
        else:
            files.append(a)
    if lang == 'ja':
        NS.difference_update('々ー')  # JLREQ strict (the default level) lets them start a line
    if lang == 'hant':
        CENTRED.update('、，。：；')
    if lang in ('hant', 'ja'):
        FIXED.update('！？')
    failed = False
    for f in files:
        missed = Check(f, loose).report(bars)
        if missed:
            failed = True
            print('   MISSED:', ', '.join(missed))
    sys.exit(enforce and failed)


if __name__ == '__main__':
    main(sys.argv[1:])
