using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Converter.Quantize;
using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Emit;

/// <summary>Writes a graph as an .ernn file, format version 1 (runtime/FORMAT.md).</summary>
public static class ErnnWriter
{
    /// <summary>The file for a graph, accepted by the runtime's own reader before it is returned.</summary>
    /// <param name="graph">The canonical graph; not changed.</param>
    /// <param name="modelVersion">The model's own version, growing from update to update; at least 0.</param>
    /// <param name="warmUpSteps">Steps until the state has forgotten its start; 0 when not measured.</param>
    /// <returns>A whole .ernn file; the caller owns it.</returns>
    /// <exception cref="ConversionException">The runtime refuses the graph; the message says which layer and why.</exception>
    public static byte[] Write(RecurrentGraph graph, int modelVersion = 1, int warmUpSteps = 0)
    {
        TensorWriter tensors = new();
        byte[] preprocessing = PreprocessingWriter.Write(graph.Preprocessing, null);
        return Write(graph, 0, preprocessing, GraphSectionWriter.Write(graph, tensors), tensors, modelVersion, warmUpSteps);
    }

    /// <summary>The file for a quantized graph, accepted by the runtime's own reader before it is returned.</summary>
    /// <param name="graph">From the quantizer; not changed.</param>
    /// <param name="modelVersion">The model's own version, growing from update to update; at least 0.</param>
    /// <param name="warmUpSteps">Steps until the state has forgotten its start; 0 when not measured.</param>
    /// <returns>A whole .ernn file; the caller owns it.</returns>
    /// <exception cref="ConversionException">The runtime refuses the graph; the message says which layer and why.</exception>
    public static byte[] Write(QuantizedGraph graph, int modelVersion = 1, int warmUpSteps = 0)
    {
        TensorWriter tensors = new();
        byte[] preprocessing = PreprocessingWriter.Write(graph.Source.Preprocessing, graph.Main.InputBits);
        byte[] graphs = GraphSectionWriter.Write(graph, tensors);
        return Write(graph.Source, SectionTable.IntegerArithmetic, preprocessing, graphs, tensors, modelVersion, warmUpSteps);
    }

    private static byte[] Write(RecurrentGraph graph, int arithmeticVersion, byte[] preprocessing, byte[] graphs,
        TensorWriter tensors, int modelVersion, int warmUpSteps)
    {
        try
        {
            byte[] window = graph.Window == null ? [] : WriteWindow(graph.Window);
            byte[] Assemble(byte[] plan) =>
                WriteFile(preprocessing, graphs, window, plan, tensors, WriteMetadata(graph), arithmeticVersion, modelVersion);

            MemoryPlan plan = Model.PlanOf(Assemble(new byte[20]));
            byte[] file = Assemble(WritePlan(plan, warmUpSteps));
            Model.ComputeId(file).CopyTo(file, SectionTable.ModelIdOffset);
            SealHeader(file);
            Model.Load(file);
            return file;
        }
        catch (ModelException refusal)
        {
            string remedy = refusal.Code == ModelErrorCode.LimitExceeded
                ? ModelException.Remedy(refusal.Code)
                : "change the model, or what ARCH.json says of it";
            throw new ConversionException($"{graph.Name}: {refusal.Problem}; {remedy}", refusal);
        }
    }

    private static byte[] WriteFile(byte[] preprocessing, byte[] graphs, byte[] window, byte[] plan, TensorWriter tensors,
        byte[] metadata, int arithmeticVersion, int modelVersion)
    {
        List<(string Tag, byte[] Payload)> sections = [];
        if (preprocessing.Length > 0) sections.Add(("PREP", preprocessing));
        sections.Add(("GRPH", graphs));
        if (window.Length > 0) sections.Add(("WIND", window));
        sections.Add(("PLAN", plan));

        ByteWriter body = new();
        body.Zeros(SectionTable.HeaderBytes);
        foreach ((string tag, byte[] payload) in sections) WriteSection(body, tag, payload);
        WriteSection(body, "TENS", tensors.Write(body.Length + SectionTable.SectionHeaderBytes));
        WriteSection(body, "meta", metadata);
        byte[] file = body.ToArray();
        WriteHeader(file, sections.Count + 2, arithmeticVersion, modelVersion);
        return file;
    }

    internal static void WriteSection(ByteWriter body, string tag, byte[] payload)
    {
        foreach (char letter in tag) body.Byte(letter);
        body.Int32(payload.Length);
        body.Int32((int)Crc32.Compute(payload, 0, payload.Length));
        body.Int32(0);
        body.Bytes(payload);
        body.Zeros(-payload.Length & 3);
    }

    private static void WriteHeader(byte[] file, int sectionCount, int arithmeticVersion, int modelVersion)
    {
        "ERNN"u8.CopyTo(file);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(4), SectionTable.FormatVersion);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(6), (ushort)arithmeticVersion);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(8), SectionTable.RuntimeVersion);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(10), (ushort)sectionCount);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(12), file.Length);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(16), modelVersion);
        SealHeader(file);
    }

    internal static void SealHeader(byte[] file) =>
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(SectionTable.ChecksumOffset),
            Crc32.Compute(file, 0, SectionTable.ChecksumOffset));

    private static byte[] WriteWindow(WindowPlan window)
    {
        ByteWriter writer = new();
        writer.Int32(window.WindowLength);
        writer.Int32(window.Hop);
        writer.Byte((int)window.Answer);
        writer.Byte(window.ReversedInput ? 1 : 0);
        writer.Byte(window.CarriesState ? 1 : 0);
        writer.Byte((int)window.Feedback);
        writer.Byte(window.ReversedTarget ? 1 : 0);
        writer.Int32(window.DecoderSteps);
        writer.Int32(window.DecoderStepsPerTick);
        writer.Int32(window.DecoderInput.Count);
        writer.Int32(window.StateLinks.Count);
        GraphSectionWriter.WriteSegments(writer, window.DecoderInput);
        foreach (StateLink link in window.StateLinks)
        {
            writer.UInt16(link.MainNode);
            writer.Byte((int)link.MainPart);
            writer.UInt16(link.DecoderNode);
            writer.Byte((int)link.DecoderPart);
        }
        return writer.ToArray();
    }

    private static byte[] WritePlan(MemoryPlan plan, int warmUpSteps)
    {
        ByteWriter writer = new();
        foreach (int figure in plan.Figures) writer.Int32(figure);
        writer.Int32(warmUpSteps);
        return writer.ToArray();
    }

    private static byte[] WriteMetadata(RecurrentGraph graph)
    {
        SortedDictionary<string, string> pairs = new(graph.Metadata, StringComparer.Ordinal)
        {
            ["name"] = graph.Name,
            ["batchAxis"] = graph.BatchAxis == 0 ? "0" : "1",
        };
        if (graph.BatchSize is { } batch) pairs["batchSize"] = batch.ToString(CultureInfo.InvariantCulture);
        ByteWriter writer = new();
        writer.UInt16(pairs.Count);
        foreach ((string key, string value) in pairs)
        {
            writer.ShortText(key);
            writer.LongText(value);
        }
        return writer.ToArray();
    }
}
