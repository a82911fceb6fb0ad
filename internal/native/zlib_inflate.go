package native

// inflateError is a defect in compressed data, in zlib's words.
type inflateError string

func (e inflateError) Error() string { return string(e) }

// errShort says that a step needs input that has not come yet.
const errShort = inflateError("short")

// inflater decompresses DEFLATE data that arrives piece by piece. It works in
// steps (a header, a symbol) and goes back to the start of a step for which the
// input does not suffice, so it can stop anywhere.
type inflater struct {
	in   []byte // input not yet consumed
	hold uint64 // bits taken from in
	bits uint

	// out holds the window and behind it, from ready on, what was not fetched.
	out    []byte
	ready  int
	window int // greatest distance allowed

	defect   error // once found, for ever
	state    inflateState
	last     bool // the current block is the last one
	stored   int  // bytes left of a stored block
	lit      *huffman
	dist     *huffman
	fixedLit *huffman
	fixedDst *huffman
}

type inflateState int

const (
	stateBlock inflateState = iota
	stateStored
	stateSymbols
	stateDone
)

const maxWindow = 32768

func newInflater(dictionary []byte) *inflater {
	f := &inflater{window: maxWindow}
	f.preset(dictionary)
	return f
}

// preset puts a dictionary into the window.
func (f *inflater) preset(dictionary []byte) {
	f.out = append(f.out, dictionary...)
	f.ready = len(f.out)
}

// need makes n bits available.
func (f *inflater) need(n uint) error {
	for f.bits < n {
		if len(f.in) == 0 {
			return errShort
		}
		f.hold |= uint64(f.in[0]) << f.bits
		f.in = f.in[1:]
		f.bits += 8
	}
	return nil
}

// take consumes n bits.
func (f *inflater) take(n uint) int {
	v := int(f.hold & (1<<n - 1))
	f.hold >>= n
	f.bits -= n
	return v
}

// get is need and take.
func (f *inflater) get(n uint) (int, error) {
	if err := f.need(n); err != nil {
		return 0, err
	}
	return f.take(n), nil
}

// align drops the bits up to the next byte.
func (f *inflater) align() { f.take(f.bits % 8) }

// unread gives whole bytes that were taken too early back to in.
func (f *inflater) unread() {
	f.align()
	if f.bits > 0 {
		var early []byte
		for f.bits > 0 {
			early = append(early, byte(f.take(8)))
		}
		f.in = append(early, f.in...)
	}
}

// run decompresses until limit bytes are ready, the input ends (errShort) or
// the data does (nil with state done).
func (f *inflater) run(limit int) error {
	if f.defect != nil {
		return f.defect
	}
	for {
		if len(f.out)-f.ready >= limit && f.state != stateDone {
			return nil
		}
		in, hold, bits := f.in, f.hold, f.bits
		var err error
		switch f.state {
		case stateBlock:
			err = f.block()
		case stateStored:
			err = f.copyStored()
		case stateSymbols:
			if err = f.symbols(limit); err == errShort {
				return err // symbols goes back by itself
			}
		case stateDone:
			return nil
		}
		switch err {
		case nil:
		case errShort:
			f.in, f.hold, f.bits = in, hold, bits
			return err
		default:
			f.defect = err
			return err
		}
	}
}

// block reads the header of a block.
func (f *inflater) block() error {
	if f.last {
		f.unread()
		f.state = stateDone
		return nil
	}
	head, err := f.get(3)
	if err != nil {
		return err
	}
	switch head >> 1 {
	case 0:
		f.align()
		n, err := f.get(32)
		if err != nil {
			return err
		}
		if n&0xffff != ^n>>16&0xffff {
			return inflateError("invalid stored block lengths")
		}
		f.stored, f.state = n&0xffff, stateStored
	case 1:
		if f.fixedLit == nil {
			f.fixedLit, f.fixedDst = fixedTables()
		}
		f.lit, f.dist, f.state = f.fixedLit, f.fixedDst, stateSymbols
	case 2:
		if err := f.dynamic(); err != nil {
			return err
		}
		f.state = stateSymbols
	default:
		return inflateError("invalid block type")
	}
	f.last = head&1 == 1
	return nil
}

func (f *inflater) copyStored() error {
	for ; f.stored > 0 && f.bits > 0; f.stored-- {
		f.out = append(f.out, byte(f.take(8)))
	}
	if f.stored > 0 {
		if len(f.in) == 0 {
			return errShort
		}
		n := min(f.stored, len(f.in))
		f.out = append(f.out, f.in[:n]...)
		f.in = f.in[n:]
		f.stored -= n
	}
	if f.stored == 0 {
		f.state = stateBlock
	}
	return nil
}

// dynamic reads the code tables of a block.
func (f *inflater) dynamic() error {
	v, err := f.get(14)
	if err != nil {
		return err
	}
	nlen, ndist, ncode := v&31+257, v>>5&31+1, v>>10&15+4
	if nlen > 286 || ndist > 30 {
		return inflateError("too many length or distance symbols")
	}
	var lengths [320]uint8
	order := [19]int{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}
	for _, i := range order[:ncode] {
		n, err := f.get(3)
		if err != nil {
			return err
		}
		lengths[i] = uint8(n)
	}
	codes, ok := newHuffman(lengths[:19], true)
	if !ok {
		return inflateError("invalid code lengths set")
	}
	lengths = [320]uint8{}
	for i := 0; i < nlen+ndist; {
		sym, err := codes.decode(f)
		if err != nil {
			return err
		}
		if sym < 16 {
			lengths[i] = uint8(sym)
			i++
			continue
		}
		var value uint8
		extra, base := uint(2), 3
		switch sym {
		case 16:
			if i == 0 {
				return inflateError("invalid bit length repeat")
			}
			value = lengths[i-1]
		case 17:
			extra = 3
		default:
			extra, base = 7, 11
		}
		n, err := f.get(extra)
		if err != nil {
			return err
		}
		if n += base; i+n > nlen+ndist {
			return inflateError("invalid bit length repeat")
		}
		for range n {
			lengths[i] = value
			i++
		}
	}
	if lengths[256] == 0 {
		return inflateError("invalid code -- missing end-of-block")
	}
	if f.lit, ok = newHuffman(lengths[:nlen], false); !ok {
		return inflateError("invalid literal/lengths set")
	}
	if f.dist, ok = newHuffman(lengths[nlen:nlen+ndist], false); !ok {
		return inflateError("invalid distances set")
	}
	return nil
}

// symbols decodes literals and matches of the current block.
func (f *inflater) symbols(limit int) error {
	for len(f.out)-f.ready < limit {
		in, hold, bits := f.in, f.hold, f.bits
		again := func(err error) error {
			if err == errShort {
				f.in, f.hold, f.bits = in, hold, bits
			}
			return err
		}
		sym, err := f.lit.decode(f)
		switch {
		case err == errNoCode:
			return inflateError("invalid literal/length code")
		case err != nil:
			return again(err)
		case sym < 256:
			f.out = append(f.out, byte(sym))
			continue
		case sym == 256:
			f.state = stateBlock
			return nil
		case sym > 285:
			return inflateError("invalid literal/length code")
		}
		length, err := f.length(sym)
		if err != nil {
			return again(err)
		}
		dist, err := f.distance()
		if err != nil {
			return again(err)
		}
		if dist > len(f.out) || dist > f.window {
			return inflateError("invalid distance too far back")
		}
		from := len(f.out) - dist
		if dist >= length {
			f.out = append(f.out, f.out[from:from+length]...)
			continue
		}
		for range length {
			f.out = append(f.out, f.out[from])
			from++
		}
	}
	return nil
}

// fetch takes up to n bytes that are ready.
func (f *inflater) fetch(n int) []byte {
	n = min(n, len(f.out)-f.ready)
	b := append([]byte(nil), f.out[f.ready:f.ready+n]...)
	f.ready += n
	if f.ready > 4*maxWindow {
		f.out = append(f.out[:0], f.out[f.ready-maxWindow:]...)
		f.ready = maxWindow
	}
	return b
}
