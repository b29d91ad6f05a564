package billing

import (
	"math/bits"

	"hub.salford.ac.uk/ssph/models"
)

// Amount is a sum of money with its VAT: a document's total, a place's share, a fee or a credit. No part is negative.
type Amount struct {
	Net models.Pence
	VAT models.Pence
}

// Gross is net and VAT together.
func (a Amount) Gross() models.Pence { return a.Net + a.VAT }

// Plus adds two amounts, part by part.
func (a Amount) Plus(b Amount) Amount { return Amount{a.Net + b.Net, a.VAT + b.VAT} }

// Minus subtracts b, part by part. The caller sees to it that b is within a.
func (a Amount) Minus(b Amount) Amount { return Amount{a.Net - b.Net, a.VAT - b.VAT} }

// Share returns the part of total that belongs to ordinal i of n, counted from 1: floor(total·i/n) − floor(total·(i−1)/n). The n
// parts sum to total whatever the order in which they are used. It is 0 for an ordinal outside 1..n and for a negative total.
func Share(total models.Pence, i, n int) models.Pence {
	if i < 1 || i > n || total < 0 {
		return 0
	}
	return upTo(total, i, n) - upTo(total, i-1, n)
}

// upTo is floor(total·i/n) without overflow for i ≤ n.
func upTo(total models.Pence, i, n int) models.Pence {
	whole, rest := int64(total)/int64(n), int64(total)%int64(n)
	return models.Pence(whole*int64(i) + rest*int64(i)/int64(n))
}

// Shares returns all n shares of total in order; none when n is not positive.
func Shares(total models.Pence, n int) []models.Pence {
	var out []models.Pence
	for i := 1; i <= n; i++ {
		out = append(out, Share(total, i, n))
	}
	return out
}

// PlaceShares returns what each of a line's places carries of its net and of its VAT, by ordinal. Net and VAT are shared
// separately: this is what a credit for that place may return at most.
func PlaceShares(line Amount, n int) []Amount {
	out := make([]Amount, 0, max(n, 0))
	for i := 1; i <= n; i++ {
		out = append(out, Amount{Share(line.Net, i, n), Share(line.VAT, i, n)})
	}
	return out
}

// spread shares a document's VAT over its lines by their net, cumulatively, so that the lines' VAT sums to it exactly. Where no line
// has any net, as in a rest of a penny of VAT, the last has it all.
func spread(vat models.Pence, nets []models.Pence) []models.Pence {
	var total, seen, given models.Pence
	for _, n := range nets {
		total += n
	}
	out := make([]models.Pence, len(nets))
	for i, n := range nets {
		seen += n
		if total > 0 {
			out[i] = portion(vat, seen, total) - given
			given += out[i]
		}
	}
	if total == 0 && len(out) > 0 {
		out[len(out)-1] = vat
	}
	return out
}

// portion is floor(amount·part/whole), exact beyond 64 bits, for 0 ≤ part ≤ whole and whole above 0.
func portion(amount, part, whole models.Pence) models.Pence {
	hi, lo := bits.Mul64(uint64(amount), uint64(part))
	q, _ := bits.Div64(hi, lo, uint64(whole))
	return models.Pence(q)
}
