package gojaengine

// timSort is the algorithm that V8 sorts with, Tim Peters' merge sort, down to
// the order of the comparisons. compare gives less than 0, 0, more than 0 or
// NaN, which counts as 0.
func timSort[T any](work []T, compare func(x, y T) float64) {
	s := &timSorter[T]{work: work, compare: compare, minGallop: minGallopWins}
	low, remaining := 0, len(work)
	if remaining < 2 {
		return
	}
	minRun := minRunLength(remaining)
	for remaining > 0 {
		run := s.countRun(low, low+remaining)
		if run < minRun {
			forced := min(minRun, remaining)
			s.insert(low, low+run, low+forced)
			run = forced
		}
		s.runs = append(s.runs, sortedRun{low, run})
		s.collapse()
		low += run
		remaining -= run
	}
	for len(s.runs) > 1 {
		n := len(s.runs) - 2
		if n > 0 && s.runs[n-1].length < s.runs[n+1].length {
			n--
		}
		s.mergeAt(n)
	}
}

const minGallopWins = 7

type sortedRun struct{ base, length int }

type timSorter[T any] struct {
	work, temp []T
	compare    func(x, y T) float64
	runs       []sortedRun
	minGallop  int
}

// minRunLength is between 32 and 64, so that the number of runs is a power of two
// or a little less.
func minRunLength(n int) int {
	r := 0
	for n >= 64 {
		r |= n & 1
		n >>= 1
	}
	return n + r
}

// insert sorts low to high by binary insertion; low to start is sorted already.
func (s *timSorter[T]) insert(low, start, high int) {
	if start == low {
		start++
	}
	for ; start < high; start++ {
		left, right := low, start
		pivot := s.work[right]
		for left < right {
			mid := left + (right-left)>>1
			if s.compare(pivot, s.work[mid]) < 0 {
				right = mid
			} else {
				left = mid + 1
			}
		}
		copy(s.work[left+1:start+1], s.work[left:start])
		s.work[left] = pivot
	}
}

// countRun gives the length of the run that begins at low, and turns it round if
// it descends.
func (s *timSorter[T]) countRun(low, high int) int {
	if low+1 == high {
		return 1
	}
	length := 2
	descending := s.compare(s.work[low+1], s.work[low]) < 0
	for i := low + 2; i < high; i++ {
		if (s.compare(s.work[i], s.work[i-1]) < 0) != descending {
			break
		}
		length++
	}
	if descending {
		for i, j := low, low+length-1; i < j; i, j = i+1, j-1 {
			s.work[i], s.work[j] = s.work[j], s.work[i]
		}
	}
	return length
}

// collapse merges neighbours until each run is longer than the two behind it.
func (s *timSorter[T]) collapse() {
	holds := func(n int) bool {
		return n < 2 || s.runs[n-2].length > s.runs[n-1].length+s.runs[n].length
	}
	for len(s.runs) > 1 {
		n := len(s.runs) - 2
		switch {
		case !holds(n+1) || !holds(n):
			if s.runs[n-1].length < s.runs[n+1].length {
				n--
			}
		case s.runs[n].length > s.runs[n+1].length:
			return
		}
		s.mergeAt(n)
	}
}

// mergeAt merges the runs i and i+1.
func (s *timSorter[T]) mergeAt(i int) {
	a, b := s.runs[i], s.runs[i+1]
	s.runs[i].length += b.length
	s.runs = append(s.runs[:i+1], s.runs[i+2:]...)
	k := s.gallopRight(s.work, s.work[b.base], a.base, a.length, 0)
	a.base += k
	a.length -= k
	if a.length == 0 {
		return
	}
	b.length = s.gallopLeft(s.work, s.work[a.base+a.length-1], b.base, b.length, b.length-1)
	switch {
	case b.length == 0:
	case a.length <= b.length:
		s.mergeLow(a, b)
	default:
		s.mergeHigh(a, b)
	}
}

// gallopLeft finds where key belongs in a run, left of what is equal to it. The
// search begins at hint and doubles its steps.
func (s *timSorter[T]) gallopLeft(list []T, key T, base, length, hint int) int {
	last, offset := 0, 1
	if s.compare(list[base+hint], key) < 0 {
		most := length - hint
		for offset < most && s.compare(list[base+hint+offset], key) < 0 {
			last, offset = offset, offset<<1+1
		}
		last, offset = last+hint, min(offset, most)+hint
	} else {
		most := hint + 1
		for offset < most && !(s.compare(list[base+hint-offset], key) < 0) {
			last, offset = offset, offset<<1+1
		}
		last, offset = hint-min(offset, most), hint-last
	}
	for last++; last < offset; {
		m := last + (offset-last)>>1
		if s.compare(list[base+m], key) < 0 {
			last = m + 1
		} else {
			offset = m
		}
	}
	return offset
}

// gallopRight is gallopLeft, but right of what is equal.
func (s *timSorter[T]) gallopRight(list []T, key T, base, length, hint int) int {
	last, offset := 0, 1
	if s.compare(key, list[base+hint]) < 0 {
		most := hint + 1
		for offset < most && s.compare(key, list[base+hint-offset]) < 0 {
			last, offset = offset, offset<<1+1
		}
		last, offset = hint-min(offset, most), hint-last
	} else {
		most := length - hint
		for offset < most && !(s.compare(key, list[base+hint+offset]) < 0) {
			last, offset = offset, offset<<1+1
		}
		last, offset = last+hint, min(offset, most)+hint
	}
	for last++; last < offset; {
		m := last + (offset-last)>>1
		if s.compare(key, list[base+m]) < 0 {
			offset = m
		} else {
			last = m + 1
		}
	}
	return offset
}

// mergeLow merges from the front, where a is the shorter run.
func (s *timSorter[T]) mergeLow(a, b sortedRun) {
	s.temp = append(s.temp[:0], s.work[a.base:a.base+a.length]...)
	work, temp := s.work, s.temp
	to, fromA, fromB := a.base, 0, b.base
	takeA := func(n int) {
		copy(work[to:], temp[fromA:fromA+n])
		to, fromA, a.length = to+n, fromA+n, a.length-n
	}
	takeB := func(n int) {
		copy(work[to:], work[fromB:fromB+n])
		to, fromB, b.length = to+n, fromB+n, b.length-n
	}
	last := func() { // one is left of a, which comes last
		takeB(b.length)
		takeA(1)
	}
	takeB(1)
	if b.length == 0 {
		takeA(a.length)
		return
	}
	if a.length == 1 {
		last()
		return
	}
	minGallop := s.minGallop
	for {
		winsA, winsB := 0, 0
		for winsA < minGallop && winsB < minGallop {
			if s.compare(work[fromB], temp[fromA]) < 0 {
				takeB(1)
				winsA, winsB = 0, winsB+1
				if b.length == 0 {
					takeA(a.length)
					return
				}
			} else {
				takeA(1)
				winsA, winsB = winsA+1, 0
				if a.length == 1 {
					last()
					return
				}
			}
		}
		minGallop++
		for first := true; first || winsA >= minGallopWins || winsB >= minGallopWins; first = false {
			minGallop = max(1, minGallop-1)
			s.minGallop = minGallop
			if winsA = s.gallopRight(temp, work[fromB], fromA, a.length, 0); winsA > 0 {
				takeA(winsA)
				if a.length == 1 {
					last()
					return
				}
				if a.length == 0 { // the comparator contradicts itself
					return
				}
			}
			takeB(1)
			if b.length == 0 {
				takeA(a.length)
				return
			}
			if winsB = s.gallopLeft(work, temp[fromA], fromB, b.length, 0); winsB > 0 {
				takeB(winsB)
				if b.length == 0 {
					takeA(a.length)
					return
				}
			}
			takeA(1)
			if a.length == 1 {
				last()
				return
			}
		}
		minGallop++
		s.minGallop = minGallop
	}
}

// mergeHigh merges from the back, where b is the shorter run.
func (s *timSorter[T]) mergeHigh(a, b sortedRun) {
	s.temp = append(s.temp[:0], s.work[b.base:b.base+b.length]...)
	work, temp := s.work, s.temp
	end := b.base + b.length // of what is not yet in its place
	takeA := func(n int) {
		copy(work[end-n:end], work[a.base+a.length-n:a.base+a.length])
		end, a.length = end-n, a.length-n
	}
	takeB := func(n int) {
		copy(work[end-n:end], temp[b.length-n:b.length])
		end, b.length = end-n, b.length-n
	}
	last := func() { // one is left of b, which comes first
		takeA(a.length)
		takeB(1)
	}
	takeA(1)
	if a.length == 0 {
		takeB(b.length)
		return
	}
	if b.length == 1 {
		last()
		return
	}
	minGallop := s.minGallop
	for {
		winsA, winsB := 0, 0
		for winsA < minGallop && winsB < minGallop {
			if s.compare(temp[b.length-1], work[a.base+a.length-1]) < 0 {
				takeA(1)
				winsA, winsB = winsA+1, 0
				if a.length == 0 {
					takeB(b.length)
					return
				}
			} else {
				takeB(1)
				winsA, winsB = 0, winsB+1
				if b.length == 1 {
					last()
					return
				}
			}
		}
		minGallop++
		for first := true; first || winsA >= minGallopWins || winsB >= minGallopWins; first = false {
			minGallop = max(1, minGallop-1)
			s.minGallop = minGallop
			if winsA = a.length - s.gallopRight(work, temp[b.length-1], a.base, a.length, a.length-1); winsA > 0 {
				takeA(winsA)
				if a.length == 0 {
					takeB(b.length)
					return
				}
			}
			takeB(1)
			if b.length == 1 {
				last()
				return
			}
			if winsB = b.length - s.gallopLeft(temp, work[a.base+a.length-1], 0, b.length, b.length-1); winsB > 0 {
				takeB(winsB)
				if b.length == 1 {
					last()
					return
				}
				if b.length == 0 {
					return
				}
			}
			takeA(1)
			if a.length == 0 {
				takeB(b.length)
				return
			}
		}
		minGallop++
		s.minGallop = minGallop
	}
}
