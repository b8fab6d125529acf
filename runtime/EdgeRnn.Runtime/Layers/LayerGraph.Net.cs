using System;
using System.Runtime.CompilerServices;

namespace EdgeRnn.Runtime;

// What desktop tools see of a run, copies that know their types, and many sessions in one call.
internal sealed partial class LayerGraph
{
    /// <summary>Whether every layer runs and answers at every step.</summary>
    public bool AnswersEveryStep => !_hasClocks;

    /// <summary>Whether every step brings an answer, which lies in one piece.</summary>
    public bool IsStream => !_hasClocks && _outputOffsets.Length == 1;

    /// <summary>Where the answer's first piece lies.</summary>
    public int AnswerOffset => _outputOffsets[0];

    /// <summary>One time step of several sessions over the inputs already in their places, for graphs that answer every step.</summary>
    /// <param name="sessions">Holds the sessions from <paramref name="first"/>.</param>
    /// <param name="first">First session.</param>
    /// <param name="count">Sessions.</param>
    /// <param name="statuses">Receives the other <see cref="StepStatus"/> bits beside those it has.</param>
    public void StepBatch(SessionMemory[] sessions, int first, int count, int[] statuses)
    {
        for (int i = 0; i < _layers.Length; i++)
        {
            _layers[i].StepBatch(sessions, first, count, statuses);
            for (int session = first; session < first + count; session++) Observe(sessions[session], i);
        }
    }

    partial void Observe(SessionMemory session, int layer)
    {
        if (session.Observer != null) session.Observer.Stepped(this, layer, session);
    }

    // Floats in one piece have a way of their own, Session.StepStream.
    partial void CopyTyped(Array values, Array target, int targetOffset, ref bool done)
    {
        if (!IsQuantized) return;
        done = true;
        int[] offsets = _outputOffsets, lengths = _outputs.Lengths;
        for (int i = 0; i < offsets.Length; i++)
        {
            // Of a quantized model both are the session's own. A decoder that answers with its own input copies a run to where it may overlap.
            bool apart = offsets[i] + lengths[i] <= targetOffset || targetOffset + lengths[i] <= offsets[i];
            if (apart) SmallCopy.Copy(Unsafe.As<int[]>(values), offsets[i], Unsafe.As<int[]>(target), targetOffset, lengths[i]);
            else Array.Copy(values, offsets[i], target, targetOffset, lengths[i]);
            targetOffset += lengths[i];
        }
    }

    static partial void CheckPlace(Layer layer, int[] offsets, int[] lengths, MemoryPlan plan)
    {
        bool isSound = Within(layer.StateOffset, layer.StateSize, plan.SavedSize) && Within(layer.OutputOffset, layer.OutputSize, plan.TotalSize) &&
            Within(layer.WorkOffset, layer.WorkSize, plan.TotalSize) && layer.FloatWorkSize <= plan.FloatTotalSize - plan.FloatStateSize;
        for (int i = 0; i < offsets.Length; i++) isSound &= Within(offsets[i], lengths[i], plan.TotalSize);
        if (!isSound) throw new InvalidOperationException($"{layer.Name}: the memory plan has no room for it; this is an error of the runtime");
    }

    private static bool Within(int offset, int count, int size) => offset >= 0 && count >= 0 && offset <= size - count;
}
