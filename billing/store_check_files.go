package billing

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"hub.salford.ac.uk/ssph/documents"
	"hub.salford.ac.uk/ssph/models"
)

// storedFile is a document's file beside what its row says.
type storedFile struct {
	File         documentFileRow `gorm:"embedded"`
	Code         string
	CustomerName string
	GrossPence   models.Pence
}

// CheckFiles hashes every stored file again and compares, and reads in it the number, customer and sum of its document; a document
// without a file is a finding too. Each is a sentence with what to do.
func CheckFiles(ctx context.Context, db models.DB) ([]string, error) {
	var missing []string
	err := db.SQL(ctx).Raw(`SELECT d.code FROM documents d LEFT JOIN document_files f ON f.document_id = d.id WHERE f.id IS NULL`).Scan(&missing).Error
	if err != nil {
		return nil, fmt.Errorf("files: %w", err)
	}
	var found []string
	for _, code := range missing {
		found = append(found, code+" has no stored file: take it from a backup")
	}
	for after := int64(0); ; {
		var files []storedFile
		err := db.SQL(ctx).Raw(`SELECT f.*, d.code, d.customer_name, d.gross_pence FROM document_files f JOIN documents d ON d.id = f.document_id
			WHERE f.id > ? ORDER BY f.id LIMIT 50`, after).Scan(&files).Error
		if err != nil {
			return nil, fmt.Errorf("files: %w", err)
		}
		if len(files) == 0 {
			return found, nil
		}
		for _, f := range files {
			after = f.File.ID
			wrong, err := f.wrong()
			if err != nil {
				return nil, err
			}
			found = append(found, wrong...)
		}
	}
}

// wrong says what is not as it was at issue: the file, or what the row says of it.
func (f storedFile) wrong() ([]string, error) {
	if hash := sha256.Sum256(f.File.Content); hex.EncodeToString(hash[:]) != f.File.SHA256 {
		return []string{fmt.Sprintf("file %d of document %d is not what was stored at issue: take it from a backup", f.File.ID, f.File.DocumentID)}, nil
	}
	unsaid, err := documents.Unsaid(f.File.Content, f.Code, f.CustomerName, f.GrossPence.String())
	switch {
	case errors.Is(err, documents.ErrUnread):
		return []string{fmt.Sprintf("the file of %s cannot be read: open it, and take it from a backup if it is not the document", f.Code)}, nil
	case err != nil:
		return nil, fmt.Errorf("file of %s: %w", f.Code, err)
	case len(unsaid) == 0:
		return nil, nil
	}
	return []string{fmt.Sprintf("the file of %s, as the customer has it, does not say %s: somebody has changed the record. Put right in it what the file says",
		f.Code, strings.Join(quoted(unsaid), " and "))}, nil
}

// quoted puts each text between quotation marks.
func quoted(texts []string) []string {
	marked := make([]string, len(texts))
	for i, text := range texts {
		marked[i] = "“" + text + "”"
	}
	return marked
}
