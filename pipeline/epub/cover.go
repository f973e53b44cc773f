package epub

// coverImage is the cover picture: the author's, or a designed one.
func (s *plan) coverImage() *medium {
	meta := &s.Book.Meta
	if f := s.Book.Pictures[meta.Cover]; meta.Cover != "" && f != nil {
		if kind, ext := mediaType(f.Data); kind != "" {
			return &medium{"cover" + ext, kind, f.Data}
		}
	}
	return nil
}
