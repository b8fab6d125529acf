using System.Runtime.CompilerServices;

namespace EdgeRnn.Runtime;

// The usual cell in one pass over its weights; a projection follows as its own product.
internal sealed partial class LstmLayer
{
    private FusedLstm? _fused;

    partial void Fuse(float[] w, float[] u, WeightPacking packing, ref bool fused)
    {
        bool plain = _coupling == GateCoupling.None && _peepholes == null && _clip == 0;
        bool usual = _gate.Kind == ActivationKind.Sigmoid && _cell.Kind == ActivationKind.Tanh && _output.Kind == ActivationKind.Tanh;
        if (!plain || !usual || packing.LeavesOutVectors || !CellPanels.Fits(_cellSize, 4L * (1 + InputSize + OutputSize))) return;
        _fused = new FusedLstm(w, u, _bias, InputSize, OutputSize, _cellSize, CellPanels.BestLanes);
        fused = true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    partial void StepFused(SessionMemory session, ref bool done)
    {
        if (_fused == null) return;
        float[] memory = session.Floats;
        int y = _projection == null ? StateOffset : WorkOffset;
        _fused.Step(memory, Gather(session), StateOffset, CellOffset, y, WorkOffset, session.WalksBack(StateOffset));
        if (_projection != null) Project(_projection, memory, y, StateOffset);
        done = true;
    }

    public override void StepBatch(SessionMemory[] sessions, int first, int count, int[] statuses)
    {
        if (_fused == null)
        {
            base.StepBatch(sessions, first, count, statuses);
            return;
        }
        int x = 0, y = _projection == null ? StateOffset : WorkOffset;
        for (int i = first; i < first + count; i++) x = Gather(sessions[i]);
        _fused.StepBatch(sessions, first, count, x, StateOffset, CellOffset, y, WorkOffset);
        for (int i = first; i < first + count && _projection != null; i++) Project(_projection, sessions[i].Floats, y, StateOffset);
    }
}
