package billing

import (
	"strings"

	"hub.salford.ac.uk/ssph/models"
)

// ParseVATNumber reads a VAT registration number of the United Kingdom as people type it, GB and 9 or 12 digits, and writes it as
// documents carry it: GB 123 4567 82. The last two of the first nine digits must fit the seven before them, by one of the two
// sums in use: the seven weighted 8 to 2, with the two, is a multiple of 97, or is when 55 is added.
func ParseVATNumber(typed string) (string, error) {
	refuse := models.Invalid("vat-number", "Enter the VAT number, GB and 9 or 12 digits, like GB 123 4567 82")
	number, found := strings.CutPrefix(strings.ToUpper(squeezed(typed)), "GB")
	if !found || !onlyDigits(number) || len(number) != 9 && len(number) != 12 || strings.Trim(number[:9], "0") == "" {
		return "", refuse
	}
	sum := 0
	for i := range 7 {
		sum += int(number[i]-'0') * (8 - i)
	}
	sum += int(number[7]-'0')*10 + int(number[8]-'0')
	if sum%97 != 0 && (sum+55)%97 != 0 {
		return "", models.Invalid("vat-number", "Check the VAT number: its last two digits do not fit the others")
	}
	written := "GB " + number[:3] + " " + number[3:7] + " " + number[7:9]
	if branch := number[9:]; branch != "" {
		written += " " + branch
	}
	return written, nil
}

// ParseSortCode reads a bank's sort code, six digits however they are set apart, and writes it 12-34-56.
func ParseSortCode(typed string) (string, error) {
	digits := squeezed(typed)
	if !onlyDigits(digits) || len(digits) != 6 || strings.Trim(digits, "0") == "" {
		return "", models.Invalid("sort-code", "Enter the sort code, 6 digits, like 12-34-56")
	}
	return digits[:2] + "-" + digits[2:4] + "-" + digits[4:], nil
}

// ParseAccountNumber reads the number of an account at a bank in the United Kingdom: 6 to 8 digits, filled up to 8 with zeros in
// front, as banks do.
func ParseAccountNumber(typed string) (string, error) {
	digits := squeezed(typed)
	if !onlyDigits(digits) || len(digits) < 6 || len(digits) > 8 || strings.Trim(digits, "0") == "" {
		return "", models.Invalid("account-number", "Enter the account number, 6 to 8 digits, like 12345678")
	}
	return strings.Repeat("0", 8-len(digits)) + digits, nil
}

// ParsePrefix reads how the numbers of a series begin, 1 to 8 letters, and writes it with the hyphen that parts it from the number:
// INV-. The hyphen keeps the numbers of two series apart. The field is "invoice-prefix" or "credit-prefix".
func ParsePrefix(field, typed string) (string, error) {
	letters := strings.TrimSuffix(strings.ToUpper(strings.TrimSpace(typed)), "-")
	if letters == "" || len(letters) > 8 || strings.ContainsFunc(letters, func(r rune) bool { return r < 'A' || r > 'Z' }) {
		example := map[string]string{"invoice-prefix": "invoices, like INV", "credit-prefix": "credit notes, like CN"}
		return "", models.Invalid(field, "Enter 1 to 8 letters for %s", example[field])
	}
	return letters + "-", nil
}

// squeezed drops the spaces, dots and hyphens that people set between digits.
func squeezed(typed string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \u00a0.-–", r) {
			return -1
		}
		return r
	}, typed)
}

func onlyDigits(text string) bool {
	return text != "" && !strings.ContainsFunc(text, func(r rune) bool { return r < '0' || r > '9' })
}
