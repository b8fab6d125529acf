using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using EdgeRnn.Cli.Files;
using EdgeRnn.Runtime;

namespace EdgeRnn.Cli.Deploy;

/// <summary>What is copied to a device: the published program, the model, and a list of checksums, in a folder of its own.</summary>
internal sealed class PiPackage : IDisposable
{
    /// <summary>Stands for a release's name where nothing has been published.</summary>
    public const string NameOfAny = "VERSION-HASH";

    private const string _project = "firmware/Pi/EdgeRnn.Firmware.Pi.csproj";
    private const string _program = "edgernn-pi.dll";
    private const int _hashDigits = 12;

    private readonly string _root;

    private PiPackage(string root, string folder, string release)
    {
        _root = root;
        Folder = folder;
        Release = release;
    }

    /// <summary>The folder to copy.</summary>
    public string Folder { get; }

    /// <summary>Version and hash, as <c>0.1.0-3f2a90c1d4e5</c>: the same content has the same name.</summary>
    public string Release { get; }

    /// <summary>The project of the service, in a clone of the repository.</summary>
    /// <param name="source">The clone's folder; null: the working directory or one above it.</param>
    /// <exception cref="CommandException">It is not there.</exception>
    public static string FindProject(string? source)
    {
        for (DirectoryInfo? folder = new(source ?? Directory.GetCurrentDirectory()); folder != null;
            folder = source == null ? folder.Parent : null)
        {
            string project = Path.Combine(folder.FullName, _project);
            if (File.Exists(project)) return project;
        }
        throw new CommandException($"{source ?? "working directory"}: expected a clone of EdgeRnn with {_project}, found none; " +
            "run this in a clone, or name one with --source");
    }

    /// <summary>A model that a device can watch with.</summary>
    /// <exception cref="CommandException">It cannot be read, or has no detector.</exception>
    public static void CheckModel(string path)
    {
        Model model = ModelFile.Load(path);
        if (model.Detector == null)
            throw new CommandException($"{path}: holds no detector; run `edgernn calibrate {path} --data NORMAL.csv -o OUT.ernn` first");
    }

    /// <summary>Publishes.</summary>
    /// <param name="publish">Given a folder, publishes into it.</param>
    /// <param name="model">The model that goes with it; null: the device keeps the one it has.</param>
    /// <exception cref="CommandException">What was published is not the service.</exception>
    public static PiPackage Make(Action<string> publish, string? model)
    {
        string root = Directory.CreateTempSubdirectory("edgernn-deploy-").FullName;
        try
        {
            string draft = Path.Combine(root, "publish");
            publish(draft);
            string program = Path.Combine(draft, _program);
            if (!File.Exists(program))
                throw new CommandException($"{_project}: expected {_program} from dotnet publish, found none; build the clone first");
            string version = AssemblyName.GetAssemblyName(program).Version?.ToString(3) ?? "0.0.0";
            if (model != null) File.Copy(model, Path.Combine(draft, "model.ernn"), overwrite: true);
            string release = $"{version}-{WriteSums(draft)}", folder = Path.Combine(root, release + DeployCommands.Incoming);
            Directory.Move(draft, folder);
            return new PiPackage(root, folder, release);
        }
        catch
        {
            Directory.Delete(root, recursive: true);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_root, recursive: true);

    // The list sha256sum reads; gives its own hash.
    private static string WriteSums(string folder)
    {
        StringBuilder sums = new();
        IEnumerable<string> files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal);
        foreach (string file in files)
        {
            using FileStream stream = File.OpenRead(Path.Combine(folder, file));
            sums.Append(Convert.ToHexStringLower(SHA256.HashData(stream))).Append("  ").Append(file).Append('\n');
        }
        byte[] text = Encoding.UTF8.GetBytes(sums.ToString());
        File.WriteAllBytes(Path.Combine(folder, "SHA256SUMS"), text);
        return Convert.ToHexStringLower(SHA256.HashData(text))[.._hashDigits];
    }
}
