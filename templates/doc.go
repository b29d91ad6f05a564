// Package templates draws every page and every e-mail of SSPH. It owns the words of the screens, the HTML, the style sheet and the
// small typed structs that pages read. It knows no use case, no database and no request: handlers fill a struct, templates draw it.
//
// # To add a page
//
//  1. Write pages/NAME.html. It defines "main", the content inside the page's width. A page with full-width bands or a summary beside
//     it defines "frame" as well, and then draws {{template "notices" .}} itself: that is the flash and the error summary.
//  2. Declare its struct, embedding Page, in view_NAME.go here or beside its handler, and call Render(w, "NAME", data).
//  3. Add it to the samples in sample_test.go, so that it is drawn, checked and looked at.
//
// New parses every page with the layout and the partials, and refuses to start on a name that does not exist.
//
// # To add a form
//
// Every field is a partial that takes a value made by a function of the same name; what a person typed goes back in as text:
//
//	{{template "input" (input "email" "Email address" .Form.Email .Problems | hint "We send the invoice here" | kind "email")}}
//	{{template "radios" (radios "pay" "How do you want to pay?" .Form.Pay .Problems | option "card" "By card, now" "")}}
//
// The field's name is its id, and the Field of its models.Error: the error summary links there. A form that changes anything
// begins with {{template "csrf" .CSRF}}, a hidden field called _csrf.
//
// # To add an e-mail
//
// Write emails/NAME.txt, whose first line is "Subject: …", and emails/NAME.html, which defines "body". Call RenderEmail("NAME", data).
// The parts "button" (takes an Action) and "facts" (takes []Fact) are there for both. An e-mail is checked when first drawn.
//
// # Colours
//
// Colours, sizes and fonts stand in assets/scss only, and for e-mails in emails/style.css. There is no style attribute, no inline
// script and no way to pass ready-made HTML: all that a template is given is text, and is escaped.
package templates
