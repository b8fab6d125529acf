using System;
using System.IO;
using EdgeRnn.Runtime;

namespace EdgeRnn.Firmware.Pi;

/// <summary>A model's file that has passed every check a device makes before anything runs.</summary>
/// <param name="Model">The model; it has detector settings.</param>
/// <param name="HasSelfTest">Whether golden steps were replayed; false where the file has none.</param>
internal sealed record WatchedModel(Model Model, bool HasSelfTest)
{
    private const long MostBytes = 1L << 30;

    /// <summary>Reads a model and replays its golden steps.</summary>
    /// <param name="path">An .ernn file.</param>
    /// <exception cref="PiException">It cannot be read, is refused, has no detector, or this machine computes something else.</exception>
    public static WatchedModel Load(string path)
    {
        byte[] file = Read(path);
        try
        {
            Model model = Model.Load(file);
            int status = SelfTest.Run(file, model);
            if (status is not (SelfTestStatus.Passed or SelfTestStatus.NoGoldenSteps))
                throw new PiException($"{path}: {SelfTestStatus.Describe(status)}", PiException.Mismatch);
            if (model.Detector == null)
                throw new PiException($"{path}: expected detector settings in the model's file, found none; run edgernn calibrate over it");
            return new WatchedModel(model, status == SelfTestStatus.Passed);
        }
        catch (ModelException refusal)
        {
            throw new PiException($"{path}: {refusal.Message}");
        }
    }

    private static byte[] Read(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            if (stream.Length > MostBytes)
                throw new PiException($"{path}: {stream.Length} bytes are too long for an .ernn file; " +
                    "pass the file that edgernn convert wrote");
            byte[] file = new byte[stream.Length];
            stream.ReadExactly(file);
            return file;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            string reason = error is FileNotFoundException or DirectoryNotFoundException ? "there is no such file"
                : error.Message.TrimEnd('.');
            throw new PiException($"{path}: expected a model, found none: {reason}; put one there, or name it under \"model\" in the " +
                "configuration");
        }
    }
}
