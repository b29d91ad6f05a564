// Package e2e plays journeys of people through the real program: a fresh database of either kind, the job runner, mail over SMTP, the
// stand-in for the card processor, and Chromium. Each journey runs at a desk on SQLite and on a phone on PostgreSQL. Every page it
// comes to is inspected: accessibility, errors of the browser, width, fonts. It ends with the doctor's checks and a look into each
// byte that was mailed.
//
// The browser is CHROME_PATH, or an installed Chromium. Pictures: SSPH_SCREENSHOTS=folder go test -run TestScreenshots ./e2e.
package e2e
