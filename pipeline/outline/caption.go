package outline

func (r *recovery) caption(map[string]string) {}
