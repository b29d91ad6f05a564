package access

import (
	"bytes"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"

	"hub.salford.ac.uk/ssph/models"
)

// keyBytes is the length of the program's key.
const keyBytes = 32

// Keys are the program's secrets, all made from one key, each for one purpose. Keys that it had before come along: they open what they
// sealed, and seal nothing more. The zero Keys is unusable.
type Keys struct {
	root   []byte
	former [][]byte
}

// NewKeys makes a fresh key: for tests, and for a demonstration's own file.
func NewKeys() Keys {
	root := make([]byte, keyBytes)
	rand.Read(root) // never fails: the program stops without randomness
	return Keys{root: root}
}

// ParseKeys reads keys as Text writes one: 32 random bytes in base64. The first is the key; those after it, on lines of their own or
// behind commas, were the key before. Lines that begin with # are remarks. Error: invalid, with a sentence for the operator that never
// quotes a key.
func ParseKeys(text string) (Keys, error) {
	var keys Keys
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		for one := range strings.SplitSeq(line, ",") {
			root, err := parseKey(strings.TrimSpace(one))
			switch {
			case err != nil:
				return Keys{}, err
			case keys.IsZero():
				keys.root = root
			case bytes.Equal(root, keys.root) || slices.ContainsFunc(keys.former, func(f []byte) bool { return bytes.Equal(f, root) }):
				return Keys{}, models.Invalid("keys", "One key stands there twice. Put the new key first and each former one once after it")
			default:
				keys.former = append(keys.former, root)
			}
		}
	}
	if keys.IsZero() {
		return Keys{}, models.Invalid("keys", "There must be a key, and none was found")
	}
	return keys, nil
}

func parseKey(text string) ([]byte, error) {
	plain := strings.NewReplacer("-", "+", "_", "/").Replace(strings.TrimRight(text, "="))
	root, err := base64.RawStdEncoding.DecodeString(plain)
	if err != nil {
		return nil, models.Invalid("keys", "The key is not base64. Make one with: openssl rand -base64 %d", keyBytes)
	}
	if len(root) != keyBytes {
		return nil, models.Invalid("keys", "The key has %d bytes and must have %d. Make one with: openssl rand -base64 %[2]d", len(root), keyBytes)
	}
	if uniform(root) {
		return nil, models.Invalid("keys", "The key is one byte repeated. Make a random one with: openssl rand -base64 %d", keyBytes)
	}
	return root, nil
}

// Alone is the key without those before it.
func (k Keys) Alone() Keys { return Keys{root: k.root} }

// Former are the keys that were the key before, the latest first.
func (k Keys) Former() []Keys {
	former := make([]Keys, len(k.former))
	for i, root := range k.former {
		former[i] = Keys{root: root}
	}
	return former
}

// uniform finds the key that somebody filled in to get past the check.
func uniform(key []byte) bool { return strings.Count(string(key), string(key[:1])) == len(key) }

// Text writes the key for a file. Nothing else may show it.
func (k Keys) Text() string {
	return "# The key of this SSPH. Whoever has it can take over bookings that are not yet claimed.\n" +
		base64.StdEncoding.EncodeToString(k.root) + "\n"
}

// Format keeps the key out of logs, whatever the verb.
func (k Keys) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, "[keys]") }

// IsZero says that there is no key.
func (k Keys) IsZero() bool { return len(k.root) == 0 }

// For derives a secret of 32 bytes for one purpose; secrets for different purposes tell nothing about each other or the key.
func (k Keys) For(purpose string) []byte {
	if k.IsZero() {
		panic("access: the zero Keys was used") // a fault of the wiring: cmd checks before anything is served
	}
	secret, err := hkdf.Key(sha256.New, k.root, nil, "ssph "+purpose, keyBytes)
	if err != nil { // only for lengths beyond 8160 bytes
		panic(fmt.Sprintf("access: derive %s: %v", purpose, err))
	}
	return secret
}

// Claim is the hash under which a booking remembers the browser it was begun in: the browser holds the secret from NewSecret, the
// booking and Actor.Claims hold this. A new key makes browsers forget; the mailed link still opens the booking.
func (k Keys) Claim(secret string) string {
	mac := hmac.New(sha256.New, k.For("booking claim"))
	mac.Write([]byte(secret))
	return hex.EncodeToString(mac.Sum(nil))
}
