package handlers

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

// mostUpload bounds what is read of an uploaded file, and of one that comes back packed; billing refuses less than that.
const mostUpload = 600_000

// moneyImport asks for the file of a bank statement.
func (s *Site) moneyImport(c echo.Context) error {
	return s.moneyImportPage(c, http.StatusOK, nil)
}

func (s *Site) moneyImportPage(c echo.Context, status int, problems models.Problems) error {
	page := templates.MoneyImportPage{Page: s.officePage(c, "Import a bank statement", "import")}
	page.Problems, page.Background = problems, templates.White
	return s.render(c, status, "office-money-import", page)
}

// moneyImportRead reads the uploaded statement and shows what it would record.
func (s *Site) moneyImportRead(c echo.Context) error {
	file, problems, err := uploaded(c, "file")
	if err != nil {
		return err
	}
	if problems != nil {
		return s.moneyImportPage(c, http.StatusUnprocessableEntity, problems)
	}
	return s.moneyStatement(c, statementForm{file: file, first: true})
}

// uploaded reads a file of a form.
func uploaded(c echo.Context, field string) (billing.BankFile, models.Problems, error) {
	var p models.Problems
	header, err := c.FormFile(field)
	if errors.Is(err, http.ErrMissingFile) || errors.Is(err, http.ErrNotMultipart) {
		p.Add(field, "Choose a bank statement saved as CSV")
		return billing.BankFile{}, p, nil
	}
	if err != nil {
		var tooLarge *echo.HTTPError // from the body limit
		if errors.As(err, &tooLarge) {
			return billing.BankFile{}, nil, tooLarge
		}
		return billing.BankFile{}, nil, echo.NewHTTPError(http.StatusBadRequest).SetInternal(err)
	}
	opened, err := header.Open()
	if err != nil {
		return billing.BankFile{}, nil, fmt.Errorf("uploaded file: %w", err)
	}
	defer func() { _ = opened.Close() }()
	content, err := io.ReadAll(io.LimitReader(opened, mostUpload))
	if err != nil {
		return billing.BankFile{}, nil, fmt.Errorf("uploaded file: %w", err)
	}
	return billing.BankFile{Name: header.Filename, Content: content}, nil, nil
}

// packed makes a file a field of a form, so that the next page has it without a second upload.
func packed(content []byte) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write(content) // into memory: it cannot fail
	_ = w.Close()
	return base64.RawURLEncoding.EncodeToString(b.Bytes())
}

// unpacked reads such a field. One that is none of ours is no file.
func unpacked(text string) ([]byte, bool) {
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return nil, false
	}
	r, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		return nil, false
	}
	content, err := io.ReadAll(io.LimitReader(r, mostUpload))
	return content, err == nil
}
