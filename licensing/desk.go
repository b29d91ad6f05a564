package licensing

// Desk is where certificates and licences are made. It knows what the mails and certificates it writes need to know of the site.
type Desk struct {
	BaseURL string // https://…, without a slash at the end
}
