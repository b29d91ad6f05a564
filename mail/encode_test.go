package mail_test

import (
	"flag"
	netmail "net/mail"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"hub.salford.ac.uk/ssph/mail"
	"hub.salford.ac.uk/ssph/mail/mailtest"
)

var update = flag.Bool("update", false, "write the golden files anew")

func hub() netmail.Address {
	return netmail.Address{Name: "Salford Social Prescribing Hub", Address: "training@hub.example.org"}
}

func invitation() mail.Message {
	m := confirmation()
	m.ToName, m.ReplyTo = `Ashworth, Zoë "Zo"`, "office@hub.example.org"
	m.Subject = "Your place: Łódź, 14 January 2027"
	m.Parts = []mail.Part{
		{Filename: "training.ics", ContentType: "text/calendar; method=REQUEST", Content: []byte("BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\n" +
			"BEGIN:VEVENT\r\nSUMMARY:Social Prescribing Tool training\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")},
		{Filename: "Invoice 17.pdf", ContentType: "application/pdf", Content: []byte("%PDF-1.7\nnot a real one\n")},
	}
	return m
}

var boundaries = regexp.MustCompile(`[0-9a-f]{60}`)

// settle makes two encodings of the same message equal: the library chooses boundaries and the order of the head at random.
func settle(raw []byte) string {
	text, names := string(raw), map[string]string{}
	text = boundaries.ReplaceAllStringFunc(text, func(b string) string {
		if names[b] == "" {
			names[b] = []string{"outer-boundary", "inner-boundary"}[len(names)]
		}
		return names[b]
	})
	head, body, _ := strings.Cut(text, "\r\n\r\n")
	lines := strings.Split(strings.ReplaceAll(head, "\r\n ", "\r\n\t"), "\r\n")
	var fields []string
	for _, line := range lines {
		if strings.HasPrefix(line, "\t") {
			fields[len(fields)-1] += "\n " + line[1:]
			continue
		}
		fields = append(fields, line)
	}
	slices.Sort(fields)
	return strings.Join(fields, "\n") + "\n\n" + strings.ReplaceAll(body, "\r\n", "\n")
}

func TestEncode_AMailWithInvitationAndInvoiceIsThisMessage(t *testing.T) {
	raw, err := mail.Encode(outgoing(invitation()), hub())
	if err != nil {
		t.Fatal(err)
	}
	golden := filepath.Join("testdata", "invitation.eml")
	got := settle(raw)
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the message changed; look, and run with -update:\n%s", got)
	}
	for line := range strings.SplitSeq(string(raw), "\r\n") {
		if len(line) > 998 || strings.ContainsAny(line, "\r\n") {
			t.Errorf("a line no mail server takes: %q", line)
		}
	}
}

func TestEncode_TheInvitationIsAFormOfTheBodyAndAFile(t *testing.T) {
	m := invitation()
	raw, err := mail.Encode(outgoing(m), hub())
	if err != nil {
		t.Fatal(err)
	}
	got, err := mailtest.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	if got.Calendar != string(m.Parts[0].Content) || got.CalendarAs != "text/calendar; charset=UTF-8; method=REQUEST" {
		t.Errorf("invitation %q as %q", got.Calendar, got.CalendarAs)
	}
	if len(got.Files) != 2 || got.Files[0].Name != "training.ics" || got.Files[0].ContentType != "application/ics" ||
		string(got.Files[0].Content) != string(m.Parts[0].Content) || got.Files[1].Name != "Invoice-17.pdf" {
		t.Errorf("files %+v", got.Files)
	}
	if strings.TrimSpace(got.Text) != strings.TrimSpace(m.Text) || strings.TrimSpace(got.HTML) != strings.TrimSpace(m.HTML) {
		t.Errorf("bodies %q %q", got.Text, got.HTML)
	}
}

func TestEncode_APlainCalendarFileIsOnlyAFile(t *testing.T) {
	m := invitation()
	m.Parts[0].ContentType = "text/calendar"
	raw, err := mail.Encode(outgoing(m), hub())
	if err != nil {
		t.Fatal(err)
	}
	got, err := mailtest.Parse(raw)
	if err != nil || got.Calendar != "" || len(got.Files) != 2 || got.Files[0].ContentType != "text/calendar" {
		t.Errorf("%+v %v", got, err)
	}
}

func TestEncode_RefusesWhatGotPastTheOutbox(t *testing.T) {
	m := confirmation()
	m.ToName = "Tom\r\nBcc: all@example.org"
	if raw, err := mail.Encode(outgoing(m), hub()); err == nil {
		t.Errorf("encoded:\n%s", raw)
	}
}

// Whatever stands in the name, subject and file name, the head has the same fields, one recipient, and the name as it was.
func TestEncode_NoTextBecomesAnotherHeader(t *testing.T) {
	line := rapid.StringOfN(rapid.OneOf(
		rapid.SampledFrom([]rune("\",<>()@:;\\ =?_.[]")), rapid.RuneFrom(nil, unicode.L, unicode.P, unicode.Nd),
	), 1, 60, -1)
	rapid.Check(t, func(t *rapid.T) {
		m := invitation()
		m.ToName, m.Subject, m.Parts[1].Filename = line.Draw(t, "name"), line.Draw(t, "subject"), line.Draw(t, "file")
		raw, err := mail.Encode(outgoing(m), hub())
		if err != nil {
			t.Fatal(err)
		}
		got, err := mailtest.Parse(raw)
		if err != nil {
			t.Fatalf("%v\n%s", err, raw)
		}
		if len(got.Header) != 9 || got.Header.Get("Bcc") != "" {
			t.Fatalf("head %v", got.Header)
		}
		to, err := got.Header.AddressList("To")
		if err != nil || len(to) != 1 || to[0].Address != m.ToEmail {
			t.Fatalf("to %v %v in %q", to, err, got.Header.Get("To"))
		}
		bare := strings.NewReplacer(`\`, "", " ", "")
		if bare.Replace(to[0].Name) != bare.Replace(m.ToName) {
			t.Fatalf("the name %q became %q", m.ToName, to[0].Name)
		}
		if len(got.Files) != 2 || got.Files[1].Name != mail.ASCIIName(m.Parts[1].Filename) {
			t.Fatalf("files %+v", got.Files)
		}
	})
}

func FuzzCheckAddress(f *testing.F) {
	for _, seed := range []string{"tom@example.org", "a@b, c@d", "Tom <a@b>", "\"a b\"@c", "a@[127.0.0.1]", "a@b\r\nX: y", "zoë@example.org"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if mail.CheckAddress(s) != nil {
			return
		}
		list, err := netmail.ParseAddressList(s)
		if err != nil || len(list) != 1 || list[0].Address != s || strings.ContainsAny(s, "\r\n \t<>,") {
			t.Errorf("%q was accepted: %v %v", s, list, err)
		}
	})
}
