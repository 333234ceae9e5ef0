package dev.berth.api.templates;

import dev.berth.api.access.Caller;
import dev.berth.api.http.Page;
import dev.berth.api.http.PageRequest;
import java.util.UUID;
import org.springframework.stereotype.Component;

@Component
class TemplateShelf {
    Page<TemplateView> page(Caller caller, PageRequest page) {
        throw new UnsupportedOperationException();
    }

    TemplateView get(Caller caller, UUID templateId) {
        throw new UnsupportedOperationException();
    }
}
