package models

import (
	"fmt"
	"math/bits"
	"strconv"
	"strings"
)

// Percent is an exact percentage in thousandths: 20 % is 20000, 12.5 % is 12500. It is never a float.
type Percent int64

// Whole percentages of everything.
const (
	onePercent     Percent = 1000
	HundredPercent         = 100 * onePercent
)

// String writes the percentage without needless zeros: 20%, 12.5%.
func (p Percent) String() string { return p.Decimal() + "%" }

// Decimal writes the percentage as a number: 20, 12.5.
func (p Percent) Decimal() string {
	s := fmt.Sprintf("%d.%03d", int64(p)/1000, int64(p)%1000)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// ParsePercent reads 0 to 100 with at most three decimals, with or without the sign.
func ParsePercent(s string) (Percent, error) {
	refuse := Fail(KindInvalid, "Enter a percentage from 0 to 100 with at most three decimals, like 12.5")
	t := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(s), "%"))
	whole, part, hasPoint := strings.Cut(t, ".")
	if hasPoint && (len(part) < 1 || len(part) > 3) {
		return 0, refuse
	}
	for _, r := range whole + part {
		if r < '0' || r > '9' {
			return 0, refuse
		}
	}
	for len(part) < 3 {
		part += "0"
	}
	n, err := strconv.ParseInt(whole+part, 10, 64)
	if err != nil || whole == "" || n > int64(HundredPercent) {
		return 0, refuse
	}
	return Percent(n), nil
}

// Of returns the percentage of an amount that is not negative, rounded half up to the penny.
func (p Percent) Of(amount Pence) Pence {
	return MulDiv(amount, int64(p), int64(HundredPercent))
}

// MulDiv returns amount × by ÷ per, rounded half up. The product may exceed 64 bits; no argument may be negative and per may not be zero.
func MulDiv(amount Pence, by, per int64) Pence {
	if amount < 0 || by < 0 || per <= 0 {
		panic("models.MulDiv: negative amount")
	}
	hi, lo := bits.Mul64(uint64(amount), uint64(by))
	lo, carry := bits.Add64(lo, uint64(per)/2, 0)
	q, _ := bits.Div64(hi+carry, lo, uint64(per))
	return Pence(q)
}
