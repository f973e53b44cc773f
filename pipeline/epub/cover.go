package epub

// coverImage is the cover picture: the author's, or a designed one.
func (s *plan) coverImage() *medium {
	path := s.Book.Meta.Cover
	if f := s.Book.Pictures[path]; path != "" && f != nil {
		if m, err := s.medium(f); err == nil {
			m.name = "cover" + m.name
			return &m
		}
	}
	return nil
}
