package tool

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"hub.salford.ac.uk/ssph/models"
)

//go:embed packs/starter.json
var starterBody []byte

//go:embed packs/schema.json
var schemaBody []byte

// longestPack bounds what is read of a pack, in bytes.
const longestPack = 2 << 20

// Starter is the pack that comes with the program: labelled starter content, not the official tool.
func Starter() (Pack, error) { return ParsePack(starterBody) }

// Schema is the JSON Schema that every pack must keep.
func Schema() []byte { return bytes.Clone(schemaBody) }

// ParsePack reads a pack. Error: invalid, with a sentence that says where the pack breaks its schema or contradicts itself.
func ParsePack(body []byte) (Pack, error) {
	if len(body) > longestPack {
		return Pack{}, models.Invalid("pack", "This pack is longer than 2 MB. Take out what is not content")
	}
	if err := keepsSchema(body); err != nil {
		return Pack{}, err
	}
	var p Pack
	strict := json.NewDecoder(bytes.NewReader(body))
	strict.DisallowUnknownFields()
	if err := strict.Decode(&p); err != nil {
		return Pack{}, models.Invalid("pack", "This pack cannot be read").Because(err)
	}
	if said := p.contradiction(); said != "" {
		return Pack{}, models.Invalid("pack", "This pack contradicts itself: %s", said)
	}
	sum := sha256.Sum256(body)
	p.Digest, p.body = hex.EncodeToString(sum[:]), bytes.Clone(body)
	return p, nil
}

func keepsSchema(body []byte) error {
	schema, err := packSchema()
	if err != nil {
		return err
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err != nil {
		return models.Invalid("pack", "This pack is not JSON").Because(err)
	}
	var broken *jsonschema.ValidationError
	if err := schema.Validate(document); errors.As(err, &broken) {
		at, why := firstBreak(broken)
		return models.Invalid("pack", "This pack breaks its schema at %s: %s", at, why).Because(err)
	} else if err != nil {
		return models.Invalid("pack", "This pack breaks its schema").Because(err)
	}
	return nil
}

func packSchema() (*jsonschema.Schema, error) {
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(schemaBody))
	if err != nil {
		return nil, err
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("pack.json", document); err != nil {
		return nil, err
	}
	return c.Compile("pack.json")
}

// firstBreak goes down to the first place where the pack breaks its schema.
func firstBreak(broken *jsonschema.ValidationError) (at, why string) {
	for len(broken.Causes) > 0 {
		broken = broken.Causes[0]
	}
	at = "the top"
	if len(broken.InstanceLocation) > 0 {
		at = strings.Join(broken.InstanceLocation, "/")
	}
	return at, broken.ErrorKind.LocalizedString(message.NewPrinter(language.English))
}
