using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Security.Cryptography;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace EdgeRnn.Simulator;

/// <summary>The page's files, embedded into the assembly. A path names one of them exactly, or nothing: no file system is asked.</summary>
internal static class PageFiles
{
    private const string Prefix = "page/";

    private static readonly FrozenDictionary<string, PageFile> Files = ReadAll();

    /// <summary>The file of a request's path; null: there is none.</summary>
    public static PageFile? Find(string path)
    {
        string? name = path == "/" ? "index.html"
            : path.StartsWith("/page/", StringComparison.Ordinal) ? path["/page/".Length..]
            : path.StartsWith("/vendor/", StringComparison.Ordinal) ? path[1..]
            : null;
        return name != null && Files.TryGetValue(name, out PageFile? file) ? file : null;
    }

    /// <summary>Answers with a file, or with 304 where the browser has it already.</summary>
    public static Task Write(HttpContext context, PageFile file)
    {
        HttpResponse response = context.Response;
        response.Headers.CacheControl = "no-cache";
        response.Headers.ETag = file.Tag;
        if (context.Request.Headers.IfNoneMatch.ToString() == file.Tag)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        response.ContentType = file.ContentType;
        response.ContentLength = file.Bytes.Length;
        return response.Body.WriteAsync(file.Bytes, 0, file.Bytes.Length, context.RequestAborted);
    }

    private static FrozenDictionary<string, PageFile> ReadAll()
    {
        Assembly assembly = typeof(PageFiles).Assembly;
        Dictionary<string, PageFile> files = [];
        foreach (string name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using Stream stream = assembly.GetManifestResourceStream(name)!;
            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            string tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 12))}\"";
            // Folders are separated as on the system that built this.
            files.Add(name[Prefix.Length..].Replace('\\', '/'), new PageFile(ContentTypeOf(name), tag, bytes));
        }
        return files.ToFrozenDictionary();
    }

    private static string ContentTypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" or ".mjs" => "text/javascript; charset=utf-8",
        ".json" => "application/json",
        ".svg" => "image/svg+xml",
        ".png" => "image/png",
        ".ico" => "image/x-icon",
        ".woff2" => "font/woff2",
        _ => "text/plain; charset=utf-8",
    };

    /// <summary>A file as it is served.</summary>
    /// <param name="ContentType">What it is.</param>
    /// <param name="Tag">Changes with its content.</param>
    /// <param name="Bytes">Its content.</param>
    internal sealed record PageFile(string ContentType, string Tag, byte[] Bytes);
}
