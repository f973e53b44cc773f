package pdf

import (
	"bytes"
	"crypto/sha256"
	"encoding/xml"
	"fmt"
	"strings"
)

// metadata returns the XMP packet that says what the document information
// says, and what only XMP can say: the language and the conformance claimed.
func metadata(o Options, tagged, archive bool) []byte {
	var b bytes.Buffer
	b.WriteString("<?xpacket begin=\"\ufeff\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n" +
		`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` +
		`<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"` +
		` xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"` +
		` xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/"` +
		` xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/">` + "\n")
	b.WriteString("<dc:format>application/pdf</dc:format>\n")
	alternatives(&b, "dc:title", o.Title)
	list(&b, "dc:creator", "Seq", o.Author)
	alternatives(&b, "dc:description", o.Subject)
	list(&b, "dc:language", "Bag", o.Language)
	property(&b, "pdf:Keywords", o.Keywords)
	property(&b, "pdf:Producer", "banxin")
	property(&b, "xmp:CreatorTool", o.Creator)
	if o.DigitalSource != "" {
		b.WriteString(`<Iptc4xmpExt:DigitalSourceType xmlns:Iptc4xmpExt="` + iptcSpace + `">` + escapeXML(o.DigitalSource) + "</Iptc4xmpExt:DigitalSourceType>\n")
	}
	if !o.Date.IsZero() {
		date := o.Date.UTC().Format("2006-01-02T15:04:05Z")
		property(&b, "xmp:CreateDate", date)
		property(&b, "xmp:ModifyDate", date)
	}
	if tagged {
		property(&b, "pdfuaid:part", "1")
	}
	if o.Profile != nil {
		exchange(&b, o)
	}
	if archive {
		property(&b, "pdfaid:part", "2")
		property(&b, "pdfaid:conformance", "U")
		extensions(&b, tagged, o.DigitalSource != "")
	}
	b.WriteString("</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>")
	return b.Bytes()
}

// exchange writes what PDF/X-4 (ISO 15930-7, 6.6 and 6.7) wants in XMP. The
// document's identifier follows from what the document says of itself.
func exchange(b *bytes.Buffer, o Options) {
	property(b, "pdfxid:GTS_PDFXVersion", "PDF/X-4")
	property(b, "pdf:Trapped", "False")
	date := o.Date.UTC().Format("2006-01-02T15:04:05Z")
	property(b, "xmp:MetadataDate", date)
	sum := sha256.Sum256([]byte(o.Title + "\x00" + o.Author + "\x00" + date))
	property(b, "xmpMM:DocumentID", fmt.Sprintf("uuid:%x-%x-%x-%x-%x", sum[:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16]))
	property(b, "xmpMM:VersionID", "1")
	property(b, "xmpMM:RenditionClass", "default")
}

func property(b *bytes.Buffer, name, value string) {
	if value != "" {
		b.WriteString("<" + name + ">" + escapeXML(value) + "</" + name + ">\n")
	}
}

// alternatives writes a text with its default language.
func alternatives(b *bytes.Buffer, name, value string) {
	if value != "" {
		b.WriteString("<" + name + `><rdf:Alt><rdf:li xml:lang="x-default">` + escapeXML(value) +
			"</rdf:li></rdf:Alt></" + name + ">\n")
	}
}

// list writes an array of one value. Info's Author is one string, and XMP
// must say the same (PDF/A-2, 6.6.2).
func list(b *bytes.Buffer, name, kind, value string) {
	if value != "" {
		b.WriteString("<" + name + "><rdf:" + kind + "><rdf:li>" + escapeXML(value) +
			"</rdf:li></rdf:" + kind + "></" + name + ">\n")
	}
}

func escapeXML(s string) string {
	var b strings.Builder
	// EscapeText replaces what XML cannot hold; a strings.Builder never fails.
	_ = xml.EscapeText(&b, []byte(s))
	return b.String()
}

// iptcSpace is the namespace of IPTC's extension schema.
const iptcSpace = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"

// extensions describes the properties that PDF/A does not know of itself
// (PDF/A-2, 6.6.2.3).
func extensions(b *bytes.Buffer, tagged, source bool) {
	if !tagged && !source {
		return
	}
	b.WriteString(`<pdfaExtension:schemas xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"` +
		` xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><rdf:Bag>`)
	if tagged {
		extension(b, "PDF/UA identification", "http://www.aiim.org/pdfua/ns/id/", "pdfuaid", "part", "Integer", "internal", "part of ISO 14289")
	}
	if source {
		extension(b, "IPTC extension", iptcSpace, "Iptc4xmpExt", "DigitalSourceType", "URI", "external", "type of the source of the content")
	}
	b.WriteString("</rdf:Bag></pdfaExtension:schemas>\n")
}

// extension describes a schema of one property.
func extension(b *bytes.Buffer, schema, space, prefix, name, kind, category, description string) {
	b.WriteString(`<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>` + schema + `</pdfaSchema:schema>` +
		`<pdfaSchema:namespaceURI>` + space + `</pdfaSchema:namespaceURI><pdfaSchema:prefix>` + prefix + `</pdfaSchema:prefix>` +
		`<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>` + name + `</pdfaProperty:name>` +
		`<pdfaProperty:valueType>` + kind + `</pdfaProperty:valueType><pdfaProperty:category>` + category + `</pdfaProperty:category>` +
		`<pdfaProperty:description>` + description + `</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property></rdf:li>`)
}
