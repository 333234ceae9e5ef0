package dev.berth.api.access;

import dev.berth.store.CallerChangedException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;

/**
 * Calls a controller method once more, after the permission check, where its query found somebody else asking than was expected.
 * Nothing was answered by then: that query is the first thing that a {@link OneQuery} does.
 */
final class SecondLook extends RequestMappingHandlerAdapter {
    private final PermissionCheck permissions;

    SecondLook(PermissionCheck permissions) {
        this.permissions = permissions;
    }

    @Override
    protected @Nullable ModelAndView handleInternal(
            HttpServletRequest request, HttpServletResponse response, HandlerMethod method) throws Exception {
        try {
            return super.handleInternal(request, response, method);
        } catch (CallerChangedException changed) {
            permissions.checkAgain(method, request, response, changed);
            return super.handleInternal(request, response, method);
        } catch (DataAccessException | TransactionException gone) {
            throw gone;
        } catch (Exception refused) {
            permissions.confirmRefused(method, request, response);
            throw refused;
        }
    }
}
