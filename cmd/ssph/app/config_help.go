package app

import (
	"fmt"
	"reflect"
	"strings"
)

// ConfigHelp lists every environment variable with its meaning and its default, read off Config itself.
func ConfigHelp() string {
	var b strings.Builder
	b.WriteString("Settings are environment variables:\n")
	describe(&b, reflect.TypeFor[Config](), "")
	return b.String()
}

func describe(b *strings.Builder, t reflect.Type, prefix string) {
	for i := range t.NumField() {
		tag := t.Field(i).Tag
		if inner, nested := tag.Lookup("envPrefix"); nested {
			describe(b, t.Field(i).Type, prefix+inner)
			continue
		}
		fmt.Fprintf(b, "\n  %s%s\n    %s", prefix, tag.Get("env"), tag.Get("help"))
		if usual := tag.Get("envDefault"); usual != "" {
			fmt.Fprintf(b, " Default: %s.", usual)
		}
		b.WriteString("\n")
	}
}
