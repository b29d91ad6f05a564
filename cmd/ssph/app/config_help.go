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

// DatabaseHelp describes the two variables that say where the database is, for commands that need nothing else.
func DatabaseHelp() string {
	var b strings.Builder
	b.WriteString("Where the database is, environment variables say:\n")
	t := reflect.TypeFor[Config]()
	for i := range t.NumField() {
		switch t.Field(i).Name {
		case "DatabaseURL", "DataDir":
			describeOne(&b, t.Field(i).Tag, "")
		}
	}
	return b.String()
}

func describe(b *strings.Builder, t reflect.Type, prefix string) {
	for i := range t.NumField() {
		tag := t.Field(i).Tag
		if inner, nested := tag.Lookup("envPrefix"); nested {
			describe(b, t.Field(i).Type, prefix+inner)
			continue
		}
		describeOne(b, tag, prefix)
	}
}

// describeOne writes one variable with its meaning and its default.
func describeOne(b *strings.Builder, tag reflect.StructTag, prefix string) {
	fmt.Fprintf(b, "\n  %s%s\n    %s", prefix, tag.Get("env"), tag.Get("help"))
	if usual := tag.Get("envDefault"); usual != "" {
		fmt.Fprintf(b, " Default: %s.", usual)
	}
	b.WriteString("\n")
}
