using System;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace EdgeRnn.Simulator;

/// <summary>
/// Refuses what does not come from this computer's own page: a name that was made to lead here (DNS rebinding) shows in Host, a page of
/// somebody else in Origin and Sec-Fetch-Site.
/// </summary>
internal static class LocalGuard
{
    /// <summary>Whether a request is refused.</summary>
    /// <param name="headers">The request's.</param>
    /// <param name="port">The server's.</param>
    /// <returns>Why, in one line; null: it is not.</returns>
    public static string? Refusal(IHeaderDictionary headers, int port)
    {
        string host = headers.Host.ToString();
        if (!IsOwn(host, port))
            return $"Host: expected 127.0.0.1:{port}, localhost:{port} or [::1]:{port}; open the address that was printed";
        if (headers.TryGetValue("Origin", out StringValues origin) && origin.ToString() != "http://" + host)
            return "Origin: requests of other pages are refused";
        if (headers.TryGetValue("Sec-Fetch-Site", out StringValues site) && site.ToString() is not ("same-origin" or "none"))
            return "Sec-Fetch-Site: requests of other sites are refused; type the address, or paste it";
        return null;
    }

    /// <summary>Says to browsers what the page may do: nothing with others.</summary>
    /// <param name="headers">The answer's.</param>
    public static void Protect(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; " +
            "form-action 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
    }

    private static bool IsOwn(string host, int port)
    {
        foreach (string name in (ReadOnlySpan<string>)["127.0.0.1", "localhost", "[::1]"])
        {
            if (host.Equals($"{name}:{port}", StringComparison.OrdinalIgnoreCase)) return true;
            if (port == 80 && host.Equals(name, StringComparison.OrdinalIgnoreCase)) return true; // browsers leave it out
        }
        return false;
    }
}
