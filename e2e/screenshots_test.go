package e2e_test

import (
	"bytes"
	"cmp"
	"context"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"hub.salford.ac.uk/ssph/handlers"
	"hub.salford.ac.uk/ssph/models"
)

// TestScreenshots writes pictures of the demonstration into the folder SSPH_SCREENSHOTS: `make screenshots`. Without it there is
// nowhere to write to, and nothing to do.
func TestScreenshots(t *testing.T) {
	folder := os.Getenv("SSPH_SCREENSHOTS")
	if folder == "" {
		return
	}
	if err := os.MkdirAll(folder, 0o750); err != nil {
		t.Fatal(err)
	}
	p := start(t, models.SQLite, handlers.Demo)
	b := p.tab()
	picture := func(b *tab, name string) { b.pictures(folder, name) }
	picture(b.visit("/"), "home")
	picture(b.visit("/sessions"), "sessions")
	picture(b.visit("/prices?people=12&format=face-to-face"), "prices")
	b.visit("/sessions?format=face-to-face&people=3").press("Face to face, Salford").press("Book places").fill("Places you need", "3").press("Hold these places")
	b.fills("person-1-name", "Leila Haddad", "person-1-email", "leila.haddad@irwellwellbeing.example",
		"person-2-name", "Owen Parry", "person-2-email", "owen.parry@irwellwellbeing.example").choose("person-3-later")
	picture(b, "booking-people")
	picture(b.press("Continue to billing").forIrwell().press("Continue to check").choose("By card, now"), "booking-check")
	picture(b.press("Book 3 places for").press("Pay £"), "booking-done")
	picture(p.signIn(p.tab(), priya).visit("/organisation"), "organisation")
	picture(p.signIn(p.tab(), "rowan@ssph.example").visit("/trainer"), "trainer")
	office := p.signIn(p.tab(), "joanne.fearn@ssph.example")
	picture(office.visit("/office"), "office")
	picture(office.visit("/office/sessions"), "office-sessions")
	picture(office.visit("/office/invoices/INV-000001"), "office-invoice")
}

// Heights of the pictures.
const (
	deskTall  = 960
	phoneTall = 844
)

// pictures writes the page as it is seen on a desk and on a phone.
func (b *tab) pictures(folder, name string) {
	b.Helper()
	for _, screen := range []struct {
		name        string
		width, tall int64
	}{{"1280", desk, deskTall}, {"390", phone, phoneTall}} {
		b.do("set the width", chromedp.EmulateViewport(screen.width, screen.tall), chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, 0, 0),
			b.script("document.activeElement.blur(); scrollTo(0, 0)"))
		b.quiet()
		ctx, cancel := context.WithTimeout(b.ctx, patience)
		content, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
		cancel()
		if err == nil {
			content, err = smaller(content)
		}
		if err == nil {
			err = os.WriteFile(filepath.Join(folder, name+"-"+screen.name+".png"), content, 0o600)
		}
		if err != nil {
			b.Fatalf("picture of %s: %v", name, err)
		}
	}
	b.do("set the width", chromedp.EmulateViewport(desk, tallness))
}

// smaller draws a picture with the 256 colours it uses most: pages are flat, and a repository keeps every picture for ever.
func smaller(content []byte) ([]byte, error) {
	full, err := png.Decode(bytes.NewReader(content))
	if err != nil {
		return nil, err
	}
	area := full.Bounds()
	used := map[color.RGBA]int{}
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			used[color.RGBAModel.Convert(full.At(x, y)).(color.RGBA)]++
		}
	}
	var most color.Palette
	for c := range used {
		most = append(most, c)
	}
	slices.SortFunc(most, func(a, b color.Color) int { return cmp.Compare(used[b.(color.RGBA)], used[a.(color.RGBA)]) })
	few := image.NewPaletted(area, most[:min(256, len(most))])
	draw.Draw(few, area, full, area.Min, draw.Src)
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	err = encoder.Encode(&out, few)
	return out.Bytes(), err
}
