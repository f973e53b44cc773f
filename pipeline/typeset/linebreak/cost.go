package linebreak

import "banxin/pipeline/unit"

// Costs are in thousandths, so that a slight squeeze still tells two ways
// apart.
const (
	milli = 1000
	// strandedCost keeps one character from being a line (typography G3).
	strandedCost = 30_000 * milli
	// doubleHyphen is added where two lines in a row end in hyphens.
	doubleHyphen = 120 * milli
	// trackCost is the price of opening the letters of words so far that it
	// could be seen, shareCost of letting them take a share that cannot.
	trackCost = 300 * milli
	shareCost = 5 * milli
	// emptyCost is the price of a line that nothing could stretch.
	emptyCost = 100_000_000 * milli
	// overCost is the price of a line that sticks out; only the last resort
	// pays it.
	overCost = 1_000_000_000 * milli
	// hopeless is the cost beyond which still shorter lines are not tried.
	hopeless = 100_000 * milli
	// strictPitch is how far, in thousandths of an em, gaps may open in the
	// first pass. Up to alonePitch even gaps open alone; beyond it the letters
	// of words take an equal share, which nobody sees up to trackPitch.
	strictPitch = 80
	alonePitch  = 15
	trackPitch  = 40
)

// squeezeCost is what a class costs when it is squeezed all the way.
func squeezeCost(c Class) int64 {
	return [classes]int64{Word: 4, Interpunct: 4, Bracket: 8, Comma: 12, Script: 20, Stop: 30}[c]
}

// ratioCost returns k·(used/most)².
func ratioCost(k int64, used, most unit.Length) int64 {
	r := int64(used) << 10 / int64(most)
	return k * milli * r * r >> 20
}

// pitchCost returns 100·(h/0.02)³ for rest shared by n gaps, h in em.
func pitchCost(rest unit.Length, n int64, em unit.Length) int64 {
	x := min(int64(rest)*50_000/(n*int64(em)), 1_000_000)
	return x * x * x / 10_000
}

// raggedCost returns 100·(s/3)² for a line s em short of the measure.
func raggedCost(short, em unit.Length) int64 {
	q := min(int64(short)*1000/(3*int64(em)), 1_000_000)
	return q * q / 10
}

// sums are running totals over items with their gaps; the difference of two
// of them makes any candidate line O(1).
type sums struct {
	width   unit.Length
	give    unit.Length // all squeezes together
	squeeze [classes]unit.Length
	word    unit.Length // stretch of word spaces
	script  unit.Length // stretch of CJK–Latin gaps
	even    int64
	inner   int64
	weight  int64
}

func (s *sums) add(it *Item) {
	s.width += it.Width + it.Gap
	s.inner += int64(it.Inner)
	s.weight += int64(it.Weight)
	if it.Even {
		s.even++
	}
	if it.Squeeze > 0 {
		s.squeeze[it.Class] += it.Squeeze
		s.give += it.Squeeze
	}
	if it.Stretch > 0 {
		switch it.Class {
		case Word:
			s.word += it.Stretch
		case Script:
			s.script += it.Stretch
		}
	}
}
