package mail

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"regexp"
)

// alternative finds the boundary between the bodies, which the library makes of hexadecimal digits.
var alternative = regexp.MustCompile(`Content-Type: multipart/alternative;\r\n boundary=([0-9a-f]+)\r\n`)

// withInvitation adds the calendar file as a third form of the body: there, mail programs offer to accept. The library can only
// attach it, so the part is put in before the end of the bodies. A mail has one invitation at most.
func withInvitation(raw []byte, parts []Part) ([]byte, error) {
	for _, part := range parts {
		method := invitationMethod(part)
		if method == "" {
			continue
		}
		found := alternative.FindSubmatch(raw)
		if found == nil {
			return nil, errors.New("mail: no place for the invitation")
		}
		end := fmt.Appendf(nil, "\r\n--%s--", found[1])
		at := bytes.Index(raw, end)
		if at < 0 {
			return nil, errors.New("mail: no end of the bodies")
		}
		var form bytes.Buffer
		fmt.Fprintf(&form, "\r\n--%s\r\nContent-Transfer-Encoding: base64\r\n", found[1])
		fmt.Fprintf(&form, "Content-Type: text/calendar; charset=UTF-8; method=%s\r\n\r\n", method)
		writeBase64(&form, part.Content)
		return append(append(append([]byte{}, raw[:at]...), form.Bytes()...), raw[at:]...), nil
	}
	return raw, nil
}

// writeBase64 writes lines of 76 letters, without a line end after the last.
func writeBase64(to *bytes.Buffer, content []byte) {
	const perLine = 57
	for len(content) > perLine {
		to.WriteString(base64.StdEncoding.EncodeToString(content[:perLine]) + "\r\n")
		content = content[perLine:]
	}
	to.WriteString(base64.StdEncoding.EncodeToString(content))
}
