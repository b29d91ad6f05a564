package documents_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/documents"
)

func mustQR(t testing.TB, text string) documents.QR {
	t.Helper()
	q, err := documents.NewQR(text)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// scan reads an undamaged code of versions 1 to 6 and level M, as ISO/IEC 18004 says a camera should.
func scan(t testing.TB, size int, dark func(x, y int) bool) string {
	t.Helper()
	const formatMask, levelM = 0x5412, 0
	format := 0
	for _, at := range [][2]int{
		{0, 8}, {1, 8}, {2, 8}, {3, 8}, {4, 8}, {5, 8}, {7, 8}, {8, 8}, {8, 7}, {8, 5}, {8, 4}, {8, 3}, {8, 2}, {8, 1}, {8, 0},
	} {
		format <<= 1
		if dark(at[0], at[1]) {
			format |= 1
		}
	}
	format ^= formatMask
	if format>>13 != levelM {
		t.Fatalf("level is %02b", format>>13)
	}
	version := (size - 17) / 4
	words := codewords(size, dark, format>>10&7)
	data := map[int]int{1: 16, 2: 28, 3: 44, 4: 64, 5: 86, 6: 108}[version]
	blocks := map[int]int{1: 1, 2: 1, 3: 1, 4: 2, 5: 2, 6: 4}[version]
	if data == 0 {
		t.Fatalf("version %d: this reader knows 1 to 6", version)
	}
	var bits strings.Builder
	for block := range blocks {
		for i := range data / blocks {
			fmt.Fprintf(&bits, "%08b", words[i*blocks+block])
		}
	}
	return byteMode(t, bits.String())
}

// codewords follows the zigzag of two columns from the right lower corner.
func codewords(size int, dark func(x, y int) bool, mask int) []byte {
	var words []byte
	bits, n := 0, 0
	up := true
	for right := size - 1; right > 0; right -= 2 {
		if right == 6 {
			right--
		}
		for i := range size {
			y := i
			if up {
				y = size - 1 - i
			}
			for _, x := range []int{right, right - 1} {
				if fixed(size, x, y) {
					continue
				}
				bits <<= 1
				if dark(x, y) != masked(mask, x, y) {
					bits |= 1
				}
				if n++; n%8 == 0 {
					words = append(words, byte(bits))
					bits = 0
				}
			}
		}
		up = !up
	}
	return words
}

// fixed says whether a module belongs to a pattern and carries no data.
func fixed(size, x, y int) bool {
	corner := x < 9 && y < 9 || x >= size-8 && y < 9 || x < 9 && y >= size-8
	aligned := size > 21 && x >= size-9 && x <= size-5 && y >= size-9 && y <= size-5
	return corner || aligned || x == 6 || y == 6
}

func masked(mask, x, y int) bool {
	return []bool{
		(x+y)%2 == 0, y%2 == 0, x%3 == 0, (x+y)%3 == 0, (y/2+x/3)%2 == 0,
		x*y%2+x*y%3 == 0, (x*y%2+x*y%3)%2 == 0, ((x+y)%2+x*y%3)%2 == 0,
	}[mask]
}

func byteMode(t testing.TB, bits string) string {
	t.Helper()
	take := func(n int) int {
		var v int
		if _, err := fmt.Sscanf(bits[:n], "%b", &v); err != nil {
			t.Fatal(err)
		}
		bits = bits[n:]
		return v
	}
	if mode := take(4); mode != 4 {
		t.Fatalf("mode %d is not bytes", mode)
	}
	text := make([]byte, take(8))
	for i := range text {
		text[i] = byte(take(8))
	}
	return string(text)
}

func TestQR_CameraReadsTheTextAgain(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"https://ssph.example/check/7K3M-Q9TX-2HVB-4WN8", "a", "https://social-prescribing.salford.ac.uk/check/0000-0000-0000-0000",
		strings.Repeat("long ", 21),
	} {
		q := mustQR(t, text)
		if got := scan(t, q.Size(), q.Dark); got != text {
			t.Errorf("read as %q, want %q", got, text)
		}
	}
}

// The path is drawn here by its own rules, square by square, and must give the same code in its quiet zone.
func TestQR_SVGPathDrawsTheSameModulesInsideAQuietZone(t *testing.T) {
	t.Parallel()
	const text = "https://ssph.example/check/7K3M-Q9TX-2HVB-4WN8"
	q := mustQR(t, text)
	path := q.SVGPath()
	if bad := regexp.MustCompile(`[^MhvzZ0-9 -]`).FindString(path); bad != "" {
		t.Errorf("the path holds %q", bad)
	}
	drawn := map[[2]int]bool{}
	for _, bar := range strings.SplitAfter(path, "z") {
		if bar == "" {
			continue
		}
		var x, y, w, back int
		if _, err := fmt.Sscanf(bar, "M%d %dh%dv1h-%dz", &x, &y, &w, &back); err != nil || back != w || w < 1 {
			t.Fatalf("%q: %v", bar, err)
		}
		for i := range w {
			drawn[[2]int{x + i, y}] = true
		}
	}
	if got := scan(t, q.Size(), func(x, y int) bool { return drawn[[2]int{x + 4, y + 4}] }); got != text {
		t.Errorf("the path reads as %q", got)
	}
	side := q.Size() + 8
	if want := fmt.Sprintf("0 0 %d %d", side, side); q.ViewBox() != want {
		t.Errorf("viewBox is %q, want %q", q.ViewBox(), want)
	}
	for at := range drawn {
		if at[0] < 4 || at[1] < 4 || at[0] >= side-4 || at[1] >= side-4 {
			t.Errorf("%v is in the quiet zone", at)
		}
	}
}

func TestQR_OutsideTheCodeAllIsLight(t *testing.T) {
	t.Parallel()
	q := mustQR(t, "a")
	for _, at := range [][2]int{{-1, 0}, {0, -1}, {q.Size(), 0}, {0, q.Size()}} {
		if q.Dark(at[0], at[1]) {
			t.Errorf("%v is dark", at)
		}
	}
}

func TestQR_RefusesNothingAndTooMuch(t *testing.T) {
	t.Parallel()
	if _, err := documents.NewQR(strings.Repeat("x", 2331)); err != nil {
		t.Errorf("2,331 bytes: %v", err)
	}
	for _, text := range []string{"", strings.Repeat("x", 2332)} {
		if _, err := documents.NewQR(text); err == nil {
			t.Errorf("%d bytes: accepted", len(text))
		}
	}
}
