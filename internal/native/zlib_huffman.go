package native

// errNoCode says that the bits are no code of an incomplete set.
const errNoCode = inflateError("no code")

const fastBits = 9

// huffman is a set of prefix codes: a table for short ones, and counts per
// length for the others.
type huffman struct {
	fast    [1 << fastBits]uint16 // symbol<<4 | length, 0 for a longer code
	count   [16]uint16
	symbols []uint16
	longest uint
}

// newHuffman builds the codes of the given lengths; complete sets only, but for
// a set of a single code of one bit or of none, as zlib takes them.
func newHuffman(lengths []uint8, codeLengths bool) (*huffman, bool) {
	h := &huffman{symbols: make([]uint16, len(lengths))}
	for _, n := range lengths {
		h.count[n]++
	}
	h.count[0] = 0
	left, used := 1, 0
	for n := 1; n < 16; n++ {
		left = left<<1 - int(h.count[n])
		if left < 0 {
			return nil, false
		}
		if h.count[n] > 0 {
			used += int(h.count[n])
			h.longest = uint(n)
		}
	}
	if left > 0 && used > 0 && (codeLengths || h.longest != 1) {
		return nil, false
	}
	if used == 0 && codeLengths {
		return h, true // decoding finds no code
	}
	var offset, code [16]int
	for n := 1; n < 15; n++ {
		offset[n+1] = offset[n] + int(h.count[n])
	}
	for n, c := 1, 0; n < 16; n++ {
		c = (c + int(h.count[n-1])) << 1
		code[n] = c
	}
	for sym, n := range lengths {
		if n == 0 {
			continue
		}
		h.symbols[offset[n]] = uint16(sym)
		offset[n]++
		if n <= fastBits {
			reversed := 0
			for i := range int(n) {
				reversed |= code[n] >> i & 1 << (int(n) - 1 - i)
			}
			for ; reversed < 1<<fastBits; reversed += 1 << n {
				h.fast[reversed] = uint16(sym<<4 | int(n))
			}
		}
		code[n]++
	}
	return h, true
}

// decode reads one symbol.
func (h *huffman) decode(f *inflater) (int, error) {
	if f.bits < 15 {
		_ = f.need(15) // as many as there are
	}
	if e := h.fast[f.hold&(1<<fastBits-1)]; e != 0 {
		n := uint(e & 15)
		if n > f.bits {
			return 0, errShort
		}
		f.take(n)
		return int(e >> 4), nil
	}
	code, first, index := 0, 0, 0
	for n := uint(1); n <= 15; n++ {
		if n > f.bits {
			return 0, errShort
		}
		code |= int(f.hold >> (n - 1) & 1)
		count := int(h.count[n])
		if code-count < first {
			f.take(n)
			return int(h.symbols[index+code-first]), nil
		}
		index += count
		first = (first + count) << 1
		code <<= 1
	}
	return 0, errNoCode
}

// fixedTables are the codes of blocks that bring none.
func fixedTables() (lit, dist *huffman) {
	var lengths [288]uint8
	for i := range lengths {
		switch {
		case i < 144:
			lengths[i] = 8
		case i < 256:
			lengths[i] = 9
		case i < 280:
			lengths[i] = 7
		default:
			lengths[i] = 8
		}
	}
	lit, _ = newHuffman(lengths[:], false)
	var five [32]uint8
	for i := range five {
		five[i] = 5
	}
	dist, _ = newHuffman(five[:], false)
	return lit, dist
}

// length reads the rest of a match's length.
func (f *inflater) length(sym int) (int, error) {
	switch i := sym - 257; {
	case i < 8:
		return i + 3, nil
	case i == 28:
		return 258, nil
	default:
		extra := uint(i/4 - 1)
		n, err := f.get(extra)
		return (4+i%4)<<extra + n + 3, err
	}
}

// distance reads how far back a match is.
func (f *inflater) distance() (int, error) {
	sym, err := f.dist.decode(f)
	if err == errNoCode || err == nil && sym > 29 {
		return 0, inflateError("invalid distance code")
	}
	if err != nil || sym < 2 {
		return sym + 1, err
	}
	extra := uint(sym/2 - 1)
	n, err := f.get(extra)
	return (2+sym%2)<<extra + n + 1, err
}
