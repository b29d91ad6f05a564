package models

import (
	"fmt"
	"strconv"
	"strings"
)

// Pence is an amount of pounds sterling in whole pence. It is the only type for money in SSPH.
type Pence int64

// String writes the amount in full: £820.80, −£273.60, £2,440.00.
func (p Pence) String() string {
	sign, n := "", int64(p)
	if n < 0 {
		sign, n = "−", -n
	}
	return fmt.Sprintf("%s£%s.%02d", sign, thousands(n/100), n%100)
}

// Short leaves the pence out when there are none: £228, £2,440, £273.60. For list prices and headings only.
func (p Pence) Short() string {
	return strings.TrimSuffix(p.String(), ".00")
}

// Plain writes the amount for machines: 820.80, -273.60. For CSV files and HTML number fields.
func (p Pence) Plain() string {
	sign, n := "", int64(p)
	if n < 0 {
		sign, n = "-", -n
	}
	return fmt.Sprintf("%s%d.%02d", sign, n/100, n%100)
}

func thousands(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// maxPounds keeps every amount typed by a person far from the end of int64.
const maxPounds = 9_999_999

// ungroup takes the commas between thousands away; one that stands anywhere else, as in 129,00, is refused: it may be a decimal comma.
func ungroup(pounds string) (string, bool) {
	groups := strings.Split(pounds, ",")
	for i, g := range groups {
		if len(groups) > 1 && (i > 0 && len(g) != 3 || i == 0 && (len(g) < 1 || len(g) > 3)) {
			return "", false
		}
	}
	return strings.Join(groups, ""), true
}

// ParsePence reads an amount as a person types it: "820.80", "£2,928", "273.6". It refuses signs, more than two decimals and
// anything over £9,999,999.99.
func ParsePence(s string) (Pence, error) {
	refuse := Fail(KindInvalid, "Enter an amount in pounds and pence, like 820.80")
	pounds, pence, hasPoint := strings.Cut(strings.TrimPrefix(strings.TrimSpace(s), "£"), ".")
	pounds, grouped := ungroup(pounds)
	if !grouped {
		return 0, refuse
	}
	if hasPoint && (len(pence) < 1 || len(pence) > 2) {
		return 0, refuse
	}
	for _, r := range pounds + pence {
		if r < '0' || r > '9' {
			return 0, refuse
		}
	}
	whole, err := strconv.ParseInt(pounds, 10, 64)
	if err != nil || whole > maxPounds {
		return 0, refuse
	}
	for len(pence) < 2 {
		pence += "0"
	}
	part, err := strconv.ParseInt(pence, 10, 64)
	if err != nil {
		return 0, refuse
	}
	return Pence(whole*100 + part), nil
}
