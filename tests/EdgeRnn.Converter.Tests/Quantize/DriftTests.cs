using System;
using System.Linq;
using EdgeRnn.Converter.Graph;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests.Quantize;

public sealed class DriftTests(ITestOutputHelper output)
{
    private const int Seed = 20261124;
    private const int InputSize = 2;
    private const int Units = 4;

    public static TheoryData<string, double> Cases
    {
        get
        {
            TheoryData<string, double> d = [];
            foreach (string cell in new[] { "gru", "grub", "lstm leaky", "lstm open", "lstm small g", "lstm coupled", "lstm sqrt", "lstm open0" })
                foreach (double gate in new[] { 0.9, 0.99, 0.999, 0.9999, 0.99999 })
                    d.Add(cell, gate);
            return d;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Drift(string cell, double gate)
    {
        foreach (string signal in new[] { "constant", "slow", "random" })
        {
            DriftRun run = new(Make(cell, gate), InputSize, Scheme.W8A16);
            Random random = new(Seed);
            Func<int, int, double> f = signal switch
            {
                "constant" => (step, i) => i == 0 ? 0.7 : -0.4,
                "slow" => (step, i) => 0.9 * Math.Sin(2 * Math.PI * step / (i == 0 ? 100_003 : 41_777)),
                _ => (step, i) => random.NextDouble() * 2 - 1,
            };
            double[] curve = run.Curve(LongRun.Choose(100_000, 1_000_000), f);
            output.WriteLine($"DRIFT {cell} {gate} {signal}: {curve.Max():E1} | {string.Join(' ', curve.Select(x => x.ToString("E1")))} | h {string.Join(' ', run.Expected.Select(x => x.ToString("F3")))}");
        }
    }

    private static GraphNode Make(string cell, double gate)
    {
        Random random = new(Seed);
        float held = (float)Math.Log(gate / (1 - gate));
        Segment[] x = [new(0, 0, InputSize)];
        float[] R(int n, double s) => [.. Enumerable.Range(0, n).Select(_ => (float)((random.NextDouble() * 2 - 1) * s))];
        float[] Z(int n) => new float[n];
        float[] B(double v) => [.. Enumerable.Repeat((float)v, Units)];
        int u = Units;
        if (cell.StartsWith("gru", StringComparison.Ordinal))
        {
            float[] w = [.. Z(u * InputSize), .. R(u * InputSize, 1), .. R(u * InputSize, 1)];
            float[] r = [.. Z(u * u), .. R(u * u, 0.5), .. R(u * u, 0.5)];
            float[] b = [.. B(held), .. R(u, 0.5), .. R(u, 0.5), .. cell == "gru" ? R(u, 0.5) : []];
            return new GruNode("gru", x, new Tensor(w, 3 * u, InputSize), new Tensor(r, 3 * u, u), new Tensor(b, b.Length), cell == "gru");
        }
        double wi = cell == "lstm open" || cell == "lstm small g" ? 1 : 0.5, bi = cell == "lstm leaky" ? -held : cell == "lstm sqrt" ? -held / 2 : 0;
        double gs = cell == "lstm small g" ? (1 - gate) * 2 : cell == "lstm sqrt" ? Math.Sqrt(1 - gate) : 1, rs = cell == "lstm open0" ? 0 : 1;
        if (cell.StartsWith("lstm coupled", StringComparison.Ordinal))
        {
            bool ff = cell == "lstm coupled";
            float[] w = [.. Z(u * InputSize), .. R(u * InputSize, 1), .. R(u * InputSize, 1)];
            float[] r = [.. Z(u * u), .. R(u * u, 0.5), .. R(u * u, 0.5)];
            float[] b = [.. B(ff ? -held : held), .. R(u, 0.5), .. R(u, 0.5)];
            return new LstmNode("lstm", x, new Tensor(w, 3 * u, InputSize), new Tensor(r, 3 * u, u), new Tensor(b, b.Length)) { Coupling = ff ? GateCoupling.ForgetFromInput : GateCoupling.InputFromForget };
        }
        {
            float[] w = [.. R(u * InputSize, wi), .. Z(u * InputSize), .. R(u * InputSize, gs), .. R(u * InputSize, 1)];
            float[] r = [.. R(u * u, 0.3 * rs), .. Z(u * u), .. R(u * u, 0.5 * gs * rs), .. R(u * u, 0.5 * rs)];
            float[] b = [.. B(bi), .. B(held), .. R(u, 0.5 * gs), .. R(u, 0.5)];
            return new LstmNode("lstm", x, new Tensor(w, 4 * u, InputSize), new Tensor(r, 4 * u, u), new Tensor(b, b.Length));
        }
    }
}
