package code

import (
	"reflect"
	"testing"
)

func TestListings(t *testing.T) {
	const src = "func f() {}\n// f"
	want := Lines("go", src)
	var none *Listings
	l := &Listings{}
	first, second := l.Lines("go", src), l.Lines("go", src)
	if !reflect.DeepEqual(none.Lines("go", src), want) || !reflect.DeepEqual(first, want) {
		t.Error("not what Lines says")
	}
	if &first[0] != &second[0] {
		t.Error("read twice")
	}
	if reflect.DeepEqual(l.Lines("text", src), want) {
		t.Error("another language is another listing")
	}
}
