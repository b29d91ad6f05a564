package access

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
)

// secretBytes makes a secret that cannot be guessed: 256 bits, which also makes a plain hash of it safe to keep.
const secretBytes = 32

// NewSecret makes a secret for a link or a browser: 43 letters, digits, hyphens and underscores.
func NewSecret() string {
	b := make([]byte, secretBytes)
	rand.Read(b) // never fails: the program stops without randomness
	return base64.RawURLEncoding.EncodeToString(b)
}

// hashSecret is the form in which a token stands in the database: whoever reads the database cannot use it.
func hashSecret(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}
