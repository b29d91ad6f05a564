package billing

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Supplier is who sells, as it stands on a document: frozen there at issue.
type Supplier struct {
	LegalName     string `json:"legal_name"`
	TradingName   string `json:"trading_name"`
	Address       string `json:"address"` // one line of the address a line
	VATNumber     string `json:"vat_number"`
	Email         string `json:"email"`
	AccountName   string `json:"account_name"`
	SortCode      string `json:"sort_code"`
	AccountNumber string `json:"account_number"`
	Demonstration bool   `json:"demonstration"` // the values are examples until the Hub enters its own
}

// AddressLines is the address line by line.
func (s Supplier) AddressLines() []string { return nonEmptyLines(s.Address) }

func nonEmptyLines(text string) []string {
	var out []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

func supplierFromJSON(text string) (Supplier, error) {
	var s Supplier
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		return s, fmt.Errorf("supplier on a document: %w", err)
	}
	return s, nil
}
