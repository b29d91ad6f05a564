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
	"strings"
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
	booked := b.path()
	picture(p.signIn(p.tab(), priya).visit("/organisation"), "organisation")
	picture(p.signIn(p.tab(), "rowan@ssph.example").visit("/trainer"), "trainer")
	office := p.signIn(p.tab(), "joanne.fearn@ssph.example")
	picture(office.visit("/office"), "office")
	picture(office.visit("/office/sessions"), "office-sessions")
	picture(office.visit("/office/invoices/INV-000001"), "office-invoice")
	p.toolPictures(picture)
	p.clock.Set(models.Date{Year: 2026, Month: 12, Day: 28}.At(10, 15)) // 17 days before the places booked above
	p.moneyPictures(booked, picture)

	p.clock.Set(models.Date{Year: 2027, Month: 1, Day: 14}.At(9, 40)) // the day of the places booked above
	alan := p.signIn(p.tab(), "alan@ssph.example").visit("/trainer").press("Open the register")
	picture(alan.marks("Tom Ashworth", "Here").marks("Grace Okafor", "Late").marks("Leila Haddad", "Here"), "register")
	p.clock.Set(models.Date{Year: 2027, Month: 12, Day: 20}.At(14, 5)) // more than a year after Hannah's training
	picture(p.signIn(p.tab(), hannah).visit("/tool/cases"), "gate")
}

// hannah has been trained in the demonstration's past, and has a case under way.
const hannah = "hannah.whitworth@quaysprimarycare.example"

// moneyPictures are of the office's money: a place cancelled for half of its price with its credit note, what waits, prices, and a
// quote as its contact sees it. The booking is the page of one by card.
func (p *program) moneyPictures(booking string, picture func(b *tab, name string)) {
	p.t.Helper()
	office := p.signIn(p.tab(), "joanne.fearn@ssph.example").visit("/office" + booking + "/places/2/cancel").choose("On the booking’s terms")
	picture(office.press("Check what it comes to"), "office-cancel-check")
	picture(office.press("Cancel ").press("CN-"), "office-credit-note")
	office.visit("/office/money/receipt").fills("Amount in pounds", "50", "Reference on the statement (optional)", "thank you").press("Check this transfer").press("Record £50.00")
	picture(office.visit("/office/money"), "office-money")
	picture(office.visit("/office/prices"), "office-prices")
	office.visit("/office/quotes/new").choose("Open-access places").choose("Online").fills("How many people?", "3", "Organisation", "Irwell Wellbeing Network",
		"Contact’s full name", "Priya Nair", "Contact’s email", priya, "Address line 1", "14 Quay Street", "Town or city", "Salford", "Postcode", "M50 0AA",
		"Discount in per cent (optional)", "12.5", "Reason for the discount", "Founding partner")
	picture(office.press("Check this quote"), "office-quote-check")
	office.press("Send this quote for £677.26")
	picture(p.tab().visit(p.link(p.mail(priya, "Quote Q-", 1), "/quotes/")), "quote")
}

// toolPictures are of a certificate, its check, and the tool as somebody with a licence has it.
func (p *program) toolPictures(picture func(b *tab, name string)) {
	p.t.Helper()
	b := p.signIn(p.tab(), hannah).visit("/account")
	certificate := see[string](b, "document.querySelector('main a[href^=\"/certificates/\"]').pathname")
	picture(b.visit(certificate), "certificate")
	picture(p.tab().visit("/check/"+strings.TrimPrefix(certificate, "/certificates/")), "check")
	picture(b.visit("/tool/cases"), "tool-cases")
	at := see[string](b, "document.querySelector('tbody a[href^=\"/tool/cases/\"]').pathname")
	for name, part := range map[string]string{"conversation": "/conversation/S2", "process": "/process", "fit": "/fit", "safety": "/safety", "plan": "/plan/print"} {
		picture(b.visit(at+part), "tool-"+name)
	}
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
