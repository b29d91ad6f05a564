package mailtest

import (
	"strings"
	"testing"
)

func TestParse_RefusesWhatAStrictMailProgramWouldNotRead(t *testing.T) {
	for what, raw := range map[string]string{
		"no head":            "nothing",
		"no type":            "Subject: x\r\n\r\nbody",
		"unknown letters":    "Subject: =?x-none?q?a?=\r\nContent-Type: text/plain\r\n\r\nbody",
		"an unfinished part": "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nhalf",
		"broken base64":      "Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!",
	} {
		if got, err := Parse([]byte(raw)); err == nil {
			t.Errorf("%s: read as %+v", what, got)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("Subject: Hello\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\nbody"))
	f.Add([]byte("Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>\r\n--b--\r\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		got, err := Parse(raw)
		if err == nil && strings.Contains(got.Header.Get("Subject"), "\n") {
			t.Errorf("a subject of two lines in %q", raw)
		}
	})
}
