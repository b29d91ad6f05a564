package documents_test

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"hub.salford.ac.uk/ssph/documents"
	"hub.salford.ac.uk/ssph/models"
)

func TestCertificatePDF_ReadsInOrderWithTheNameAsItsHeading(t *testing.T) {
	t.Parallel()
	golden(t, "certificate.txt", look(t, mustCertificate(t, completed())).outline(t))
}

func TestCertificatePDF_IsOnePageWithLanguageTitleAndTags(t *testing.T) {
	t.Parallel()
	r := look(t, mustCertificate(t, completed()))
	if len(r.marked) != 1 {
		t.Errorf("%d pages", len(r.marked))
	}
	if r.ctx.Title != "Certificate of completion, Hannah Whitworth" {
		t.Errorf("title is %q", r.ctx.Title)
	}
	if got := fmt.Sprint(r.root(t)["Lang"]); !strings.Contains(got, "en-GB") {
		t.Errorf("Lang is %s", got)
	}
	if got := r.dict(t, r.root(t)["MarkInfo"])["Marked"]; got != types.Boolean(true) {
		t.Errorf("Marked is %v", got)
	}
	if r.stray != "" {
		t.Errorf("text without a tag: %q", r.stray)
	}
}

func TestCertificatePDF_QRCodeLeadsToTheCertificateAndSaysSoInWords(t *testing.T) {
	t.Parallel()
	const address = "https://ssph.example/check/7K3M-Q9TX-2HVB-4WN8"
	for _, typed := range []string{"https://ssph.example/check", "https://ssph.example/check/", address} {
		c := completed()
		c.CheckURL = typed
		r := look(t, mustCertificate(t, c))
		if got := r.pictures(t); len(got) != 1 || got[0] != "QR code that leads to "+address {
			t.Errorf("%s: the picture says %q", typed, got)
		}
		if got := c.Words().Address; got != address {
			t.Errorf("%s: the address is %q", typed, got)
		}
		if !strings.Contains(r.text(t), "ssph.example/check with the code") {
			t.Errorf("%s: the page is not named", typed)
		}
	}
}

// The rectangles in the file are the modules: laid on a grid again, a camera must read them.
func TestCertificatePDF_DrawsTheQRCodeACameraReads(t *testing.T) {
	t.Parallel()
	r := look(t, mustCertificate(t, completed()))
	const left, top, side, size = 56.8, 841.89 - 709, 78.0, 33
	unit := side / size
	dark := map[[2]int]bool{}
	for _, m := range regexp.MustCompile(`([\d.]+) ([\d.]+) ([\d.]+) -([\d.]+) re f`).FindAllSubmatch(r.content(t, 1), -1) {
		at := func(i int) float64 { v, _ := strconv.ParseFloat(string(m[i]), 64); return v }
		x, y := int((at(1)-left)/unit+0.5), int((top-at(2))/unit+0.5)
		for i := range int(at(3)/unit + 0.5) {
			dark[[2]int{x + i, y}] = true
		}
	}
	if got := scan(t, size, func(x, y int) bool { return dark[[2]int{x, y}] }); got != completed().Words().Address {
		t.Errorf("read as %q", got)
	}
}

func TestCertificatePDF_AccreditationStandsOnlyWhenGivenAndSpeaksOfTheProgramme(t *testing.T) {
	t.Parallel()
	with := look(t, mustCertificate(t, completed())).text(t)
	if !strings.Contains(with, "Lbl Programme\n") || !strings.Contains(with, "LBody Accredited by the Personalised Care Institute") {
		t.Errorf("no accreditation:\n%s", with)
	}
	c := completed()
	c.Programme = []string{"Accredited by the Personalised Care Institute.", "Reference PCI-EXAMPLE."}
	if two := look(t, mustCertificate(t, c)).text(t); !strings.Contains(two, "LBody Accredited by the Personalised Care Institute. Reference") {
		t.Errorf("two lines run together:\n%s", two)
	}
	c.Programme = nil
	if without := look(t, mustCertificate(t, c)).text(t); strings.Contains(without, "Programme\n") || strings.Contains(without, "Accredited") {
		t.Errorf("an accreditation that nobody gave:\n%s", without)
	}
}

func TestCertificatePDF_DemonstrationIsMarkedAndARealOneIsNot(t *testing.T) {
	t.Parallel()
	if strings.Contains(look(t, mustCertificate(t, completed())).text(t), "Demonstration") {
		t.Error("a real certificate is marked")
	}
	c := completed()
	c.Demonstration = true
	if !strings.Contains(look(t, mustCertificate(t, c)).text(t), "Demonstration. This is not a real certificate.") {
		t.Error("a demonstration is not marked")
	}
}

func TestCertificatePDF_LongNamesStayWholeOnOnePage(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"Bo Li", "Maximiliana Featherstonehaugh-Cholmondeley van der Wetering-O", "Wolfeschlegelsteinhausenbergerdorff",
		strings.TrimSpace(strings.Repeat("Wilhelmina ", 18)), strings.Repeat("W", 200),
	} {
		c := completed()
		c.Name, c.Demonstration = name, true
		r := look(t, mustCertificate(t, c))
		if len(r.marked) != 1 {
			t.Errorf("%s: %d pages", name, len(r.marked))
		}
		got := regexp.MustCompile(`H1 (.*)`).FindStringSubmatch(r.text(t))[1]
		if strings.ReplaceAll(got, " ", "") != strings.ReplaceAll(name, " ", "") {
			t.Errorf("%q is read as %q", name, got)
		}
	}
}

func TestCertificatePDF_MoreThanAPageGoesOnAndLosesNothing(t *testing.T) {
	t.Parallel()
	c := completed()
	c.Name = strings.Repeat("W", 200)
	for n := range 200 {
		c.Attended += fmt.Sprintf(", day %d.", n)
	}
	r := look(t, mustCertificate(t, c))
	text := strings.ReplaceAll(r.text(t), "  ", " ") // where a line ends a page
	for n := range 200 {
		if !strings.Contains(text, fmt.Sprintf("day %d.", n)) {
			t.Errorf("day %d is lost", n)
		}
	}
	if !strings.Contains(text, c.Code) || strings.Count(text, "Figure") != 1 {
		t.Error("the foot is not there, or twice")
	}
}

func TestCertificatePDF_SameCertificateSameBytes(t *testing.T) {
	t.Parallel()
	want := mustCertificate(t, completed())
	for range 8 {
		if !bytes.Equal(want, mustCertificate(t, completed())) {
			t.Fatal("the same certificate gave other bytes")
		}
	}
}

func TestCertificatePDF_StrangeNamesNeverBreakTheFile(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"Zoë Łukasiewicz": "Zoë Łukasiewicz", "Наталія Шевченко": "Наталія Шевченко", "王小明": "□□□",
		"Bob\x00\r\n(Tj) ET\\ EMC": "Bob (Tj) ET\\ EMC", "/Alt <FEFF> >> endobj": "/Alt <FEFF> >> endobj",
		"\u202eevil\u202c \u200bzero": "evil zero",
	} {
		c := completed()
		c.Name, c.Trainer, c.Programme = name, name, []string{name, name}
		r := look(t, mustCertificate(t, c))
		if !strings.Contains(r.text(t), "H1 "+want+"\n") || r.stray != "" {
			t.Errorf("%q is not read as %q (stray %q):\n%s", name, want, r.stray, r.text(t))
		}
	}
}

func TestCertificatePDF_RefusesWhatNobodyCouldCheck(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*documents.Certificate){
		"no name":           func(c *documents.Certificate) { c.Name = " " },
		"no course":         func(c *documents.Certificate) { c.Course = "" },
		"no attendance":     func(c *documents.Certificate) { c.Attended = "" },
		"no issuer":         func(c *documents.Certificate) { c.Issuer = "" },
		"no day":            func(c *documents.Certificate) { c.IssuedOn = models.Date{} },
		"no code":           func(c *documents.Certificate) { c.Code = "" },
		"code in one piece": func(c *documents.Certificate) { c.Code = "7K3MQ9TX2HVB4WN8" },
		"code with an O":    func(c *documents.Certificate) { c.Code = "7K3M-Q9TX-2HVB-4WNO" },
		"no address":        func(c *documents.Certificate) { c.CheckURL = "" },
		"address of a file": func(c *documents.Certificate) { c.CheckURL = "file:///etc/passwd" },
		"script":            func(c *documents.Certificate) { c.CheckURL = "javascript:alert(1)" },
		"address and more":  func(c *documents.Certificate) { c.CheckURL = "https://ssph.example/check?to=" },
	} {
		c := completed()
		spoil(&c)
		if _, err := documents.CertificatePDF(c); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}
