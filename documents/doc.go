// Package documents makes the files SSPH hands out: tagged PDF and iCalendar. It draws what it is given: it reads no database,
// asks no clock and decides nothing about money.
//
// It promises that the same input always gives the same bytes, so a stored file can be checked against its hash; that every
// PDF carries its language, title, headings, table heads and reading order for a screen reader; and that no text from
// outside can break out of its place in a file. The PDFs are tagged; conformance to PDF/UA is not claimed, because no
// validator for it has been run.
//
// What an invoice says is worded once, in Invoice.Words, for the PDF and the HTML page alike.
package documents
