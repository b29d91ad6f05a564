package tool

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/aead/xaesgcm"
	"github.com/tink-crypto/tink-go/v2/insecuresecretdataaccess"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/secretdata"
	"github.com/tink-crypto/tink-go/v2/tink"

	"hub.salford.ac.uk/ssph/access"
)

// saltBytes is the longest salt the cipher takes: with it, one key may seal any number of texts.
const saltBytes = 12

// errSealed says that a text cannot be opened: another key, or it was changed or moved in the database.
var errSealed = errors.New("tool: a sealed text does not open")

// Sealer seals what is written about people. Each text is bound to its place: moved to another row it does not open.
type Sealer struct{ cipher tink.AEAD }

// NewSealer makes a sealer from the program's key. Texts sealed with former keys, those that come with it and these, still open; new
// ones are sealed with the first.
func NewSealer(key access.Keys, former ...access.Keys) (Sealer, error) {
	params, err := xaesgcm.NewParameters(xaesgcm.VariantTink, saltBytes)
	if err != nil {
		return Sealer{}, fmt.Errorf("tool: cipher: %w", err)
	}
	set := keyset.NewManager()
	for n, one := range slices.Concat([]access.Keys{key}, key.Former(), former) {
		sealing, err := xaesgcm.NewKey(secretdata.NewBytesFromData(one.For("case text"), insecuresecretdataaccess.Token{}), keyID(one), params)
		if err != nil {
			return Sealer{}, fmt.Errorf("tool: key %d: %w", n, err)
		}
		id, err := set.AddKey(sealing)
		if err != nil {
			return Sealer{}, fmt.Errorf("tool: key %d: %w", n, err)
		}
		if n == 0 {
			if err := set.SetPrimary(id); err != nil {
				return Sealer{}, fmt.Errorf("tool: key: %w", err)
			}
		}
	}
	handle, err := set.Handle()
	if err != nil {
		return Sealer{}, fmt.Errorf("tool: keys: %w", err)
	}
	cipher, err := aead.New(handle)
	if err != nil {
		return Sealer{}, fmt.Errorf("tool: cipher: %w", err)
	}
	return Sealer{cipher}, nil
}

// keyID stands before every sealed text and says with which key it was sealed. It tells nothing about the key.
func keyID(key access.Keys) uint32 { return binary.BigEndian.Uint32(key.For("case text key number")) }

// seal seals a text for one place.
func (s Sealer) seal(text, place string) ([]byte, error) {
	sealed, err := s.cipher.Encrypt([]byte(text), []byte(place))
	if err != nil {
		return nil, fmt.Errorf("tool: seal %s: %w", place, err)
	}
	return sealed, nil
}

// open opens a text that was sealed for this place.
func (s Sealer) open(sealed []byte, place string) (string, error) {
	text, err := s.cipher.Decrypt(sealed, []byte(place))
	if err != nil {
		return "", fmt.Errorf("%w: %s: %w", errSealed, place, err)
	}
	return string(text), nil
}
