package gojaengine

import (
	"strconv"
	"strings"
)

// emoji gives the ranges of the emoji properties, which Go's unicode package
// does not have. The figures are those of Unicode 17.0 (emoji-data.txt),
// each range as its distance from the end of the one before, and its length
// where that is over 1.
func emoji(name string) ([][2]rune, bool) {
	var table string
	switch name {
	case "Emoji":
		table = "z 7 6:a 34 5 68e d 61 n 2j:6 g:2 a8:2 d 4n q:b 5:3 5k 6g:2 b a 1n:4 2:5 a 3 3:2 3 5 3 2:2 3 4 4:2 " +
			"9:3 6 2 6:c c:2 3 2:2 2 j 3:2 j:6 2 2:2 4:2 6 3:2 5:2 c:2 6:2 3 6:2 2 2:2 l:2 6:6 2:4 3 5 3 3:6 2 3 " +
			"2 2 7 4 7 b:2 g 3 5 2 5:3 2 c:2 1d:3 a f f ad:2 cw:3 k:2 1g 5 yj d gq 2 2fzf 5n 4h:2 d:2 f 3:a 24:q " +
			"2:2 o l 3:9 m:2 4v:y 3:34 3:2 2:3 3:2b 3:3 2:7b 2:1r c:6 2:o 8:2 3:8 d 3:4 3 5:2 e:2 3 9:2 a 6:3 d:3 " +
			"9:3 3 2 5 7 4 7:2e 1d:1y 6:8 3:4 4:a 4 2:2 4 3:a 6c:c 5 7w:1b 2:a 2:55 35:d 4:b 4:1l 2 5:g 3:c 5:a"
	case "Emoji_Presentation":
		table = "6xm:2 5q:4 4 3 ei:2 m:2 1f:c 18 k e 9:2 i:2 6:2 9 6 m 8:2 2 5 3 8 5:2 t 10 2 5:3 2 1q:3 p f nw:2 1g " +
			"5 2hf3 5n 5b 3:a 24:q 2 p l 3:5 2:3 m:2 4v:x d:9 2:1y 2:m d:17 5:5 d:h 4 4:1z 2 2:57 3:1r e:4 2:o j " +
			"r:2 e 2f:2d 1d:1y 7 4:3 3:4 4:4 c:2 8:9 6c:c 5 7w:1b 2:a 2:55 35:d 4:b 4:1l 2 5:g 3:c 5:a"
	case "Emoji_Modifier":
		table = "2qrf:5"
	case "Emoji_Modifier_Base":
		table = "7j1 64 h:4 2iyg 1p:3 3 3:3 3a:2 3:b m:j 4 5:3 2:3 8 2 p 5m:2 5 m 5:2 4v:3 4:5 2c h:3 a c g0 3 9:8 7 " +
			"a:a 3:3 1l 1q:2 2:2 2 i:3 2:d 6e:3 17:9"
	case "Emoji_Component":
		table = "z 7 6:a 6ac 5y 17os 1c5z:q e4:5 14h:4 gw31:2o"
	case "Extended_Pictographic":
		table = "4p 5 68e d 61 n 2j:6 g:2 a8:2 d 4n q:b 5:3 5k 6g:2 b a 1n:4 2:5 a 3 3:2 3 5 3 2:2 3 4 4:2 9:3 6 2 " +
			"6:c c:2 3 2:2 2 j 3:2 j:6 2 2:2 4:2 6 3:2 5:2 c:2 6:2 3 6:2 2 2:2 l:2 6:6 2:4 3 5 3 3:6 2 3 2 2 7 4 " +
			"7 b:2 g 3 5 2 5:3 2 c:2 1d:3 a f f ad:2 cw:3 k:2 1g 5 yj d gq 2 2fzf 14:4 2t:c g:2 g f:2 12:a 35:2 " +
			"d:2 f 3:a k:1k s:f b l 3:9 2:4 a:n 7:58 3:34 3:2 2:3 3:2b 3:3 2:4 6:72 2:1r c:6 2:o 8:2 3:8 d 3:4 3 " +
			"5:2 e:2 3 9:2 a 6:3 d:3 9:3 3 2 5 7 4 7:2e 1d:1y 6:8 3:h 4 2:6 3:d 63:12 d:4 1l:8 b:6 15:8 v:2 d:4 " +
			"3:e a:13 d:1b 2:a 2:55 2h:8 f:42 75:se"
	default:
		return nil, false
	}
	var ranges [][2]rune
	at := int64(0)
	for field := range strings.FieldsSeq(table) {
		gap, length, long := strings.Cut(field, ":")
		skip, _ := strconv.ParseInt(gap, 36, 32)
		n := int64(1)
		if long {
			n, _ = strconv.ParseInt(length, 36, 32)
		}
		at += skip
		ranges = append(ranges, [2]rune{rune(at), rune(at + n - 1)})
		at += n - 1
	}
	return ranges, true
}
