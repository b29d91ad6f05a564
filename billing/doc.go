// Package billing owns everything about money: the price list, VAT, the arithmetic of quotes, documents, fees and credits, and
// the one gateway to the card processor.
//
// It promises that a sum is worked out by one pure function, whoever asks: price page, checkout, invoice, credit note and the
// programming interface all show the same pennies. Money is models.Pence and prices are net. VAT is computed once per document,
// per category and rate, on the summed net, half up (HMRC Notice 700 §17.5; EN 16931 BT-117). A discount rounds once per line.
// Parts of a line are shared out cumulatively, so they add up to the line in any order. A retained fee is worked out gross first
// and the credit is what remains of the original: subtract, never round twice.
package billing
