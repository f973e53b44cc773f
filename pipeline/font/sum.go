package font

// SHA256 returns the checksum of the face's file in hexadecimal, for the
// manifest; "" if the file can no longer be read.
func (f *Face) SHA256() string { return f.file.sha256() }
