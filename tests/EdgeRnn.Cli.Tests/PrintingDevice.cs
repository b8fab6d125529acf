using System;
using System.IO;
using System.Text;
using System.Threading;

namespace EdgeRnn.Cli.Tests;

/// <summary>A device on a serial line that prints the same text some times, as fast as somebody reads, and is silent then.</summary>
internal sealed class PrintingDevice : IDisposable
{
    private const int _most = 512; // bytes at once
    private readonly PseudoTerminal _serial = new();
    private readonly byte[] _text;
    private readonly int _times;
    private volatile bool _isUnplugged;

    public PrintingDevice(string text, int times = int.MaxValue)
    {
        _times = times;
        _text = Encoding.Latin1.GetBytes(text);
        new Thread(Print) { IsBackground = true, Name = "printing device" }.Start();
    }

    /// <summary>What a program opens.</summary>
    public string Path => _serial.Path;

    /// <summary>Pulls it off.</summary>
    public void Dispose()
    {
        _isUnplugged = true;
        _serial.Dispose();
    }

    private void Print()
    {
        try
        {
            for (int i = 0; i < _times && !_isUnplugged; i++)
                for (int at = 0; at < _text.Length && !_isUnplugged; at += _most) _serial.Write(_text[at..Math.Min(at + _most, _text.Length)]);
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            // Unplugged in the middle of a line.
        }
    }
}
