using System;

namespace EdgeRnn.Runtime;

/// <summary>
/// Many streams through one model, stepped in one call: what a gateway does that watches hundreds of machines with the same network.
/// Weights are read once for several streams, so a stream costs a fraction of a step of its own; every answer and every state is the one
/// that a <see cref="Session"/> alone would have. Models with windows or strides, whose streams may stand at different places, are stepped
/// one by one. A step allocates nothing. A batch belongs to one thread at a time; several batches may share a model.
/// </summary>
/// <example>
/// <code>
/// SessionBatch batch = new(model, count: 256);
/// float[] inputs = new float[batch.Count * model.InputSize], outputs = new float[batch.Count * model.OutputSize];
/// int[] statuses = new int[batch.Count];
/// // for every tick:
/// batch.Step(inputs, outputs, statuses);
/// </code>
/// </example>
public sealed class SessionBatch
{
    // Streams that go through all layers before the next ones start, so that what a layer hands to the next is still in cache.
    private const int GroupSize = 64;

    private readonly Session[] _sessions;
    private readonly SessionMemory[] _memories;
    private readonly bool _isOneByOne;

    /// <summary>Reserves the memory of all streams.</summary>
    /// <param name="model">Shared, not changed.</param>
    /// <param name="count">Streams, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no streams.</exception>
    public SessionBatch(Model model, int count)
    {
        if (count < 1) throw new ArgumentOutOfRangeException(nameof(count), count, "a batch has at least one stream");
        Model = model;
        _sessions = new Session[count];
        _memories = new SessionMemory[count];
        for (int stream = 0; stream < count; stream++)
        {
            _sessions[stream] = new Session(model);
            _memories[stream] = _sessions[stream].Memory;
        }
        _isOneByOne = model.Window != null || !model.Main.AnswersEveryStep;
    }

    /// <summary>The model all streams run through.</summary>
    public Model Model { get; }

    /// <summary>Streams.</summary>
    public int Count => _sessions.Length;

    /// <summary>
    /// One stream as a session of its own: to reset it, to save or restore its state, or to step it alone where the others have no sample.
    /// </summary>
    /// <param name="stream">0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such stream.</exception>
    public Session this[int stream] => _sessions[stream];

    /// <summary>Consumes one sample of every stream and, where the model answers, writes the answers.</summary>
    /// <param name="inputs">[Count, InputSize] row-major: raw features.</param>
    /// <param name="outputs">[Count, OutputSize] row-major; a row is written when its status has <see cref="StepStatus.OutputReady"/>.</param>
    /// <param name="statuses">[Count] receives the <see cref="StepStatus"/> bits of every stream.</param>
    /// <exception cref="ArgumentException">A buffer is too short; nothing has changed.</exception>
    public void Step(float[] inputs, float[] outputs, int[] statuses)
    {
        RequireLengths(inputs.Length, outputs.Length, statuses.Length);
        int inputSize = Model.InputSize, outputSize = Model.OutputSize;
        if (_isOneByOne)
        {
            for (int i = 0; i < Count; i++) statuses[i] = _sessions[i].Step(inputs, i * inputSize, outputs, i * outputSize);
            return;
        }
        for (int i = 0; i < Count; i++) statuses[i] = _sessions[i].TakeInput(inputs, i * inputSize);
        Advance(statuses);
        for (int i = 0; i < Count; i++) statuses[i] = _sessions[i].Answer(statuses[i], outputs, i * outputSize);
    }

    /// <summary>As <see cref="Step"/> for a quantized model, in integers only; see <see cref="Session.StepQuantized"/>.</summary>
    /// <param name="inputs">[Count, InputSize] row-major: standardised features, each times 2^<see cref="Model.InputFractionBits"/>.</param>
    /// <param name="outputs">[Count, OutputSize] row-major, each times 2^<see cref="Model.OutputFractionBits"/>.</param>
    /// <param name="statuses">[Count] receives the <see cref="StepStatus"/> bits of every stream.</param>
    /// <exception cref="ArgumentException">A buffer is too short, or the model has layers in float; nothing has changed.</exception>
    public void StepQuantized(short[] inputs, short[] outputs, int[] statuses)
    {
        Session.RequireIntegers(Model);
        RequireLengths(inputs.Length, outputs.Length, statuses.Length);
        int inputSize = Model.InputSize, outputSize = Model.OutputSize;
        if (_isOneByOne)
        {
            for (int i = 0; i < Count; i++) statuses[i] = _sessions[i].StepQuantized(inputs, i * inputSize, outputs, i * outputSize);
            return;
        }
        for (int i = 0; i < Count; i++) _sessions[i].TakeQuantized(inputs, i * inputSize);
        AdvanceIntegers(outputs, statuses);
    }

    /// <summary>As <see cref="StepQuantized"/> for whole numbers as sensors give them; see <see cref="Session.StepCounts"/>.</summary>
    /// <param name="counts">[Count, InputSize] row-major: readings.</param>
    /// <param name="outputs">[Count, OutputSize] row-major, each times 2^<see cref="Model.OutputFractionBits"/>.</param>
    /// <param name="statuses">[Count] receives the <see cref="StepStatus"/> bits of every stream.</param>
    /// <exception cref="ArgumentException">A buffer is too short, or the model does not accept counts; nothing has changed.</exception>
    public void StepCounts(short[] counts, short[] outputs, int[] statuses)
    {
        CountStandardiser standardiser = Session.RequireCounts(Model);
        RequireLengths(counts.Length, outputs.Length, statuses.Length);
        int inputSize = Model.InputSize, outputSize = Model.OutputSize;
        if (_isOneByOne)
        {
            for (int i = 0; i < Count; i++) statuses[i] = _sessions[i].StepCounts(counts, i * inputSize, outputs, i * outputSize);
            return;
        }
        for (int i = 0; i < Count; i++) standardiser.Apply(counts, i * inputSize, _memories[i].Ints, Model.Main.InputOffset);
        AdvanceIntegers(outputs, statuses);
    }

    /// <summary>Every stream back to the state of a new session. Allocates nothing.</summary>
    public void Reset()
    {
        foreach (Session session in _sessions) session.Reset();
    }

    private void AdvanceIntegers(short[] outputs, int[] statuses)
    {
        Array.Clear(statuses, 0, Count);
        Advance(statuses);
        for (int i = 0; i < Count; i++) statuses[i] = _sessions[i].Answer(statuses[i], outputs, i * Model.OutputSize);
    }

    private void Advance(int[] statuses)
    {
        for (int first = 0; first < Count; first += GroupSize)
            Model.Main.StepBatch(_memories, first, Math.Min(GroupSize, Count - first), statuses);
    }

    private void RequireLengths(int inputs, int outputs, int statuses)
    {
        Require("inputs", inputs, Model.InputSize);
        Require("outputs", outputs, Model.OutputSize);
        Require("statuses", statuses, 1);
    }

    private void Require(string buffer, int length, int perStream)
    {
        if (length / perStream < Count) ThrowTooShort(buffer, length, perStream);
    }

    private void ThrowTooShort(string buffer, int length, int perStream) =>
        throw new ArgumentException($"{buffer}: {Count} streams need {perStream} elements each, the array has {length}; " +
            "see SessionBatch.Count, Model.InputSize and Model.OutputSize", buffer);
}
