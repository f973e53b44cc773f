package texmath

import "strings"

// abbreviations are commands that stand for others, one a line: the name, a
// blank, the text. They are LaTeX's, amsmath's, mathtools', braket's and those
// by which KaTeX reads the names of HTML.
const abbreviations = `
bgroup {
egroup }
lq ‘
rq ’
Bbbk \mathbb{k}
llap \mathllap{\text{#1}}
rlap \mathrlap{\text{#1}}
clap \mathclap{\text{#1}}
mathstrut \vphantom{(}
strut \vphantom{(}
underbar \underline{\text{#1}}
colon \mathpunct{:}\mskip6mu
boxed \fbox{$\displaystyle{#1}$}
iff \;\Longleftrightarrow\;
implies \;\Longrightarrow\;
impliedby \;\Longleftarrow\;
dddot \overset{...}{#1}
ddddot \overset{....}{#1}
dotsi \!\cdots
dotsx \ldots\,
bmod \mathbin{\mathrm{mod}}
pod \mkern8mu(#1)
pmod \mkern8mu({\mathrm{mod}}\mkern6mu#1)
mod \mkern12mu{\mathrm{mod}}\,\,#1
newline \\
TeX \text{TeX}
LaTeX \text{LaTeX}
KaTeX \text{KaTeX}
limsup \operatorname*{lim\,sup}
liminf \operatorname*{lim\,inf}
injlim \operatorname*{inj\,lim}
projlim \operatorname*{proj\,lim}
varlimsup \operatorname*{\overline{lim}}
varliminf \operatorname*{\underline{lim}}
varinjlim \operatorname*{\underrightarrow{lim}}
varprojlim \operatorname*{\underleftarrow{lim}}
argmin \operatorname*{arg\,min}
argmax \operatorname*{arg\,max}
plim \operatorname*{plim}
colonapprox \mathrel{\vcentcolon\approx}
Colonapprox \mathrel{\dblcolon\approx}
colonsim \mathrel{\vcentcolon\sim}
Colonsim \mathrel{\dblcolon\sim}
Eqqcolon \mathrel{=\dblcolon}
Coloneq \mathrel{\dblcolon-}
Eqcolon \mathrel{-\dblcolon}
simcolon \mathrel{\sim\vcentcolon}
approxcolon \mathrel{\approx\vcentcolon}
ordinarycolon :
bra \mathinner{\langle{#1}|}
ket \mathinner{|{#1}\rangle}
braket \mathinner{\langle{#1}\rangle}
Bra \left\langle#1\right|
Ket \left|#1\right\rangle
angln {\angl n}
N \mathbb{N}
R \mathbb{R}
Z \mathbb{Z}
natnums \mathbb{N}
reals \mathbb{R}
Reals \mathbb{R}
cnums \mathbb{C}
Complex \mathbb{C}
abs \left|#1\right|
norm \left\|#1\right\|
hspace \hskip#1
mspace \mskip#1
thinspace \,
medspace \:
thickspace \;
negthinspace \!
> \:
enspace \kern.5em
enskip \kern.5em
quad \kern1em
qquad \kern2em
substack \begin{subarray}{c}#1\end{subarray}
stackrel \mathrel{\overset{#1}{#2}}
blue \textcolor{#6495ed}{#1}
orange \textcolor{#ffa500}{#1}
red \textcolor{#df0030}{#1}
green \textcolor{#28ae7b}{#1}
gray \textcolor{gray}{#1}
purple \textcolor{#9d38bd}{#1}
`

// abbreviation returns what a command without its backslash stands for.
func abbreviation(name string) (body string, ok bool) {
	i := strings.Index(abbreviations, "\n"+name+" ")
	if i < 0 {
		return "", false
	}
	body = abbreviations[i+len(name)+2:]
	return body[:strings.IndexByte(body, '\n')], true
}
