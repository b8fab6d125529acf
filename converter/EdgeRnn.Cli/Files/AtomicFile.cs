using System;
using System.IO;
using System.Runtime.InteropServices;

namespace EdgeRnn.Cli.Files;

/// <summary>Writes a file beside its place, checks it, then moves it there: a failure leaves what stood there before.</summary>
internal static class AtomicFile
{
    /// <summary>Refuses a target that cannot be a file, before any work is done for it.</summary>
    /// <param name="path">Where the file is to stand.</param>
    /// <param name="inputs">Files the verb reads, which it must not replace.</param>
    /// <exception cref="CommandException">The target is a folder, a device, an input, or in an absent folder.</exception>
    public static void CheckTarget(string path, params string?[] inputs)
    {
        string target = FullPath(path), folder = Path.GetDirectoryName(target) ?? "";
        if (Directory.Exists(target) || target.EndsWith(Path.DirectorySeparatorChar))
            throw new CommandException($"{path}: is a folder, expected the name of a file to write");
        if (target.StartsWith("/dev/", StringComparison.Ordinal) || target.StartsWith("/proc/", StringComparison.Ordinal))
            throw new CommandException($"{path}: is a device, expected the name of a file to write");
        if (!Directory.Exists(folder))
            throw new CommandException($"{path}: cannot be written: there is no folder {folder}; create it first");
        foreach (string? input in inputs)
        {
            if (input != null && FullPath(input) == target)
                throw new CommandException($"{path}: is also an input and would be replaced; choose another name for the output");
        }
    }

    /// <summary>Writes a file.</summary>
    /// <param name="path">Where it is to stand; replaced when it exists.</param>
    /// <param name="write">Given a path in the same folder, writes the content there.</param>
    /// <param name="check">Given the written file, throws when it is not good; then nothing is replaced.</param>
    /// <exception cref="CommandException">The file cannot be written.</exception>
    public static void Write(string path, Action<string> write, Action<string>? check = null)
    {
        CheckTarget(path);
        string target = FullPath(path);
        string draft = Path.Combine(Path.GetDirectoryName(target)!, $".edgernn-{Guid.NewGuid():N}.tmp");
        // The signals end the process without unwinding it.
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => File.Delete(draft));
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => File.Delete(draft));
        try
        {
            write(draft);
            using (FileStream stream = new(draft, FileMode.Open, FileAccess.Write)) stream.Flush(flushToDisk: true);
            check?.Invoke(draft);
            File.Move(draft, target, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{path}: cannot be written: {FileErrors.Reason(error, path)}; " +
                "choose a folder that can be written", error);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    private static string FullPath(string path)
    {
        try
        {
            string full = Path.GetFullPath(path);
            return (File.Exists(full) ? File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName : null) ?? full;
        }
        catch (Exception error) when (FileErrors.IsOne(error))
        {
            throw new CommandException($"{path}: is not the name of a file: {FileErrors.Reason(error, path)}", error);
        }
    }
}
